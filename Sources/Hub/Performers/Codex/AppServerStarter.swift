import CodexAppServer
import Settings

/// `app_server.start`.
///
/// A crash between the launch and the writing down of its pid leaves a server that carries the row's token: it is found by that first, so
/// there are never two. Whatever an earlier server left is ended before, since two servers in one home would fight for the threads.
struct AppServerStarter {
    private let context: PerformerContext

    init(_ context: PerformerContext) {
        self.context = context
    }

    func perform(_ it: Effect.StartAppServer) async -> EffectResult {
        do {
            let model = context.settings.value.model
            if let running = ProcessIdentity.find(token: it.token) {
                let launcher = try context.codex.launcher(socket: it.socket, token: it.token, model: model)
                try await launcher.untilListening(running)
                return done(running)
            }
            if let problem = await endEarlier(before: it.server) { return .retry(reason: problem) }
            let launcher = try context.codex.launcher(socket: it.socket, token: it.token, model: model)
            guard it.socket != nil else {
                // Over pipes it is a child of who connects.
                context.link.keep(launcher, server: it.server)
                return .done(.appServer(pid: nil, startTime: nil, bootID: nil))
            }
            return await start(launcher)
        } catch {
            // What a person has to put right is waited for; the pauses grow.
            let isTheirs = error.code == .configuration || error.code == .files
            return isTheirs ? .retry(reason: error.message) : .failed(code: .serverGone, reason: error.message)
        }
    }

    private func start(_ launcher: AppServerLauncher) async -> EffectResult {
        do throws(AppServerError) {
            let identity = try launcher.launch()
            do throws(AppServerError) {
                try await launcher.untilListening(identity)
                return done(identity)
            } catch {
                _ = await identity.terminate(token: launcher.token, grace: .seconds(1))
                ChildProcess.collect(identity.pid)
                throw error
            }
        } catch {
            return .failed(code: .serverGone, reason: error.message)
        }
    }

    private func done(_ identity: ProcessIdentity) -> EffectResult {
        .done(.appServer(pid: identity.pid, startTime: identity.startTime, bootID: identity.bootID))
    }

    /// Ends what is left of earlier servers, and the commands that they left running; what stays, in words.
    private func endEarlier(before server: Int64) async -> String? {
        let tokens: [String]
        do { tokens = try context.codex.earlierTokens(server) } catch {
            return "the earlier app-servers can't be read: \(error)"
        }
        for token in tokens {
            if let old = ProcessIdentity.find(token: token) {
                let ending = await old.terminate(token: token)
                if ending == .stays { return "an earlier app-server (process \(old.pid)) does not end" }
                ChildProcess.collect(old.pid)
            }
            for stray in ProcessIdentity.strays(token: token) { stray.killNow() }
        }
        return nil
    }
}
