import OrchCore
import Workspaces

/// `exec.run`: an allow-listed git or gh command of the orchestrator, at most once.
struct ExecPerformer {
    private let context: PerformerContext

    init(_ context: PerformerContext) {
        self.context = context
    }

    func perform(_ it: Effect.RunExec, attempts: Int) async -> EffectResult {
        guard attempts == 1 else {
            return .failed(code: .other, reason: "it was cut off when the daemon ended; it is not run twice")
        }
        if let reason = ExecPolicy.check(it.argv) { return .failed(code: .refused, reason: reason) }
        do {
            let outcome = try await ExecRunner(repository: context.repository, environment: context.environment).run(
                it.argv,
                in: it.cwd,
                limit: .milliseconds(it.limitMs)
            )
            let note = outcome.didTimeOut ? "\n(ended: it took longer than \(DurationText.format(it.limitMs)))" : ""
            return .done(.exec(exitCode: outcome.exitCode, output: outcome.output + note))
        } catch {
            return .failed(code: .other, reason: error.message)
        }
    }
}
