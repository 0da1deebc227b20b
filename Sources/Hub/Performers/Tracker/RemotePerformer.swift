import Logging
import OrchCore
import OrchStore
import Settings
import Workspaces

/// The deeds that a tracker at GitHub is needed for, and those on the git remote.
struct RemotePerformer {
    private let context: PerformerContext

    init(_ context: PerformerContext) {
        self.context = context
    }

    func perform(_ body: (any RemoteTracker) async -> EffectResult) async -> EffectResult {
        guard let remote = context.remote else {
            return .failed(code: .refused, reason: "this hub does not work with GitHub any more")
        }
        return await body(remote)
    }

    /// `branch.push`: never by force; what was pushed before is found there.
    func push(_ it: Effect.Push) async -> EffectResult {
        let remote = context.settings.value.remoteName
        do {
            let outcome = try await context.repository.push(branch: it.branch, remote: remote, commit: it.commit)
            switch outcome {
            case .pushed, .upToDate: return .done(.pushed(commit: it.commit))
            case .rejected(let kind, let message):
                return .failed(code: .refused, reason: "\(kind.rawValue): \(message)")
            }
        } catch {
            return EffectResult(error)
        }
    }

    /// `pull.open`, into the remote's default branch or the configured one.
    func openPull(_ it: Effect.OpenPull) async -> EffectResult {
        do {
            let base = try await context.remoteBase()
            return await perform { await $0.openPull(it, base: base) }
        } catch {
            return EffectResult(error)
        }
    }

    /// `workspace.retire`: what is not elsewhere is saved before anything goes (I12).
    func retire(_ it: Effect.RetireWorkspace) async -> EffectResult {
        let nowMs = SystemTime.nowMs
        do {
            let path = "\(context.repository.root)/\(context.settings.value.worktreesFolder)/\(it.folder)"
            if let problem = try await HookPerformer(context).run("before_remove", in: path, agent: it.agent) {
                context.logger.warning("\(problem)")
            }
            let removal = try await context.repository.remove(
                name: it.folder,
                agent: it.agent,
                timestampMs: nowMs,
                base: it.merged ?? it.base
            )
            var saved = removal.saved?.ref
            if let merged = it.merged, try await context.repository.commit(of: "refs/heads/\(it.branch)") != nil {
                let retirement = try await context.repository.retire(
                    branch: it.branch,
                    expecting: merged,
                    agent: it.agent,
                    timestampMs: nowMs
                )
                if case .retired(let work) = retirement { saved = saved ?? work.ref }
            }
            return .done(.retired(saved: saved))
        } catch {
            return EffectResult(error)
        }
    }
}
