import OrchCore
import Workspaces
import Settings

/// `hook.run`, and the hooks that belong to other deeds.
struct HookPerformer {
    /// How much of a failed hook's output is told.
    static let outputLimit = 1_000

    private let context: PerformerContext

    init(_ context: PerformerContext) {
        self.context = context
    }

    /// Runs a hook once: nobody can find out how far one came that a killed daemon had begun.
    func perform(_ it: Effect.RunHook, attempts: Int) async -> EffectResult {
        guard attempts == 1 else {
            return .failed(
                code: .other,
                reason: "hook \(it.hook) was cut off when the daemon ended; it is not run twice"
            )
        }
        do {
            guard let problem = try await run(it.hook, in: it.worktree, agent: nil) else { return .done(.nothing) }
            return .failed(code: .other, reason: problem)
        } catch {
            return .failed(code: .other, reason: error.message)
        }
    }

    /// Runs a hook, if there is one; what went wrong, in words.
    func run(_ name: String, in worktree: String, agent: String?) async throws(WorkspaceError) -> String? {
        let hooks = context.settings.value.hooks
        guard let script = hooks[name] else { return nil }
        // The hook has no sandbox, and may well call git.
        try await context.repository.requireTrusted(worktree: worktree)
        var variables = ["ORCH_HOOK": name, "ORCH_WORKTREE": worktree]
        if let agent { variables["ORCH_AGENT"] = agent }
        let outcome = try await HookRunner(environment: context.environment).run(
            script,
            in: worktree,
            variables: variables,
            limit: .milliseconds(hooks.timeoutMs)
        )
        guard !outcome.isSuccess else { return nil }
        let end = SafeText.block(String(outcome.output.suffix(Self.outputLimit)))
        let how = outcome.didTimeOut ? "took too long" : "ended with \(outcome.exitCode)"
        return "hook \(name) \(how): \(end.isEmpty ? "(no output)" : end)"
    }
}
