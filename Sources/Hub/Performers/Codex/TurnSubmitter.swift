import CodexAppServer
import Settings
import Workspaces

/// `turn.submit`: hands a message to a thread, once.
///
/// Codex does not tell messages apart that are sent twice, so one that may have been sent is looked for by its id first.
struct TurnSubmitter {
    private let context: PerformerContext

    init(_ context: PerformerContext) {
        self.context = context
    }

    func perform(_ it: Effect.SubmitTurn, attempts: Int) async -> EffectResult {
        guard let client = context.link.live?.client else { return .unconnected }
        do throws(AppServerError) {
            if attempts > 1, let known = try await find(it, client) { return known }
            if let turn = it.steers { return try await steer(it, into: turn, client) }
        } catch {
            return EffectResult(error)
        }
        let policy: HubThreadPolicy
        do throws(WorkspaceError) {
            let repository = context.repository
            policy = try it.thread.policy(in: repository, branchPrefix: context.settings.value.branchPrefix)
            if let problem = try it.thread.misplacement(in: repository) {
                return .failed(code: .wrongBranch, reason: problem)
            }
        } catch {
            return EffectResult(error)
        }
        do throws(AppServerError) { return try await start(it, policy, client) } catch { return EffectResult(error) }
    }

    /// What became of a message that may have been sent; nil when it surely did not arrive.
    private func find(_ it: Effect.SubmitTurn, _ client: CodexClient) async throws(AppServerError) -> EffectResult? {
        do throws(AppServerError) {
            switch try await client.findMessage(clientID: it.turn, threadID: it.threadID) {
            case .accepted(let turn): return .done(.accepted(codexTurn: turn, found: true))
            case .undecided: return .retry(reason: "a turn runs whose message is not written down yet")
            case .absent:
                // A steer shows only when it is delivered: while its turn runs, it may be on its way.
                guard let turn = it.steers, try await isRunning(turn, of: it.threadID, client) else { return nil }
                return .retry(reason: "the running turn has not shown yet whether it got the message")
            }
        } catch {
            guard error.isNoHistory else { throw error }
            return nil
        }
    }

    private func isRunning(_ turn: String, of thread: String, _ client: CodexClient) async throws(AppServerError)
        -> Bool
    {
        try await client.listTurns(threadID: thread, order: .newestFirst, limit: 5).elements.contains {
            $0.id == turn && $0.status == .inProgress
        }
    }

    private func steer(_ it: Effect.SubmitTurn, into turn: String, _ client: CodexClient) async throws(AppServerError)
        -> EffectResult
    {
        do throws(AppServerError) {
            let id = try await client.steer(
                TurnSteerParams(threadID: it.threadID, turnID: turn, clientID: it.turn, text: it.text)
            )
            return .done(.accepted(codexTurn: id, found: false))
        } catch {
            guard error.isNoActiveTurn || error.isThreadUnknown else { throw error }
            return .failed(code: .notActive, reason: error.message)
        }
    }

    private func start(_ it: Effect.SubmitTurn, _ policy: HubThreadPolicy, _ client: CodexClient)
        async throws(AppServerError) -> EffectResult
    {
        // Codex would take the start of a turn, while one runs, for a steer of it.
        do throws(AppServerError) {
            if try await client.readThread(it.threadID).status.isActive {
                return .retry(reason: "a turn runs in its thread that is not the hub's")
            }
        } catch {
            guard error.isThreadUnknown else { throw error }
        }
        let turn = policy.turn(threadID: it.threadID, clientID: it.turn, text: it.text)
        do throws(AppServerError) {
            return .done(.accepted(codexTurn: try await client.startTurn(turn), found: false))
        } catch {
            guard error.isThreadUnknown else { throw error }
        }
        // Codex has put the idle thread out of memory.
        _ = try await client.resumeThread(policy.resume(threadID: it.threadID))
        return .done(.accepted(codexTurn: try await client.startTurn(turn), found: false))
    }
}
