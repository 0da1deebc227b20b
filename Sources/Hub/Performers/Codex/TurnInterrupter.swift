import CodexAppServer

/// `turn.interrupt`: ends a turn, and the commands that it started, which an interrupt alone leaves running.
struct TurnInterrupter {
    private let context: PerformerContext

    init(_ context: PerformerContext) {
        self.context = context
    }

    func perform(_ it: Effect.InterruptTurn) async -> EffectResult {
        guard let client = context.link.live?.client else { return .unconnected }
        do throws(AppServerError) {
            try await client.interrupt(threadID: it.threadID, turnID: it.codexTurn)
        } catch {
            // Codex does not answer at all when the turn has just ended.
            guard error.code == .timeout || error.isNoActiveTurn || error.isThreadUnknown else {
                return EffectResult(error)
            }
        }
        do throws(AppServerError) {
            try await client.cleanTerminals(threadID: it.threadID)
        } catch {
            guard error.isThreadUnknown || error.code == .server || error.code == .timeout else {
                return EffectResult(error)
            }
        }
        return .done(.nothing)
    }
}
