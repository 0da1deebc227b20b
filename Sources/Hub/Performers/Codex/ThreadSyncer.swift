import CodexAppServer
import Glibc
import Settings
import Workspaces

/// `thread.sync`: subscribes to a thread, then reads what it holds.
///
/// In this order nothing is missed: what happens after the subscription is told, what happened before is in the lists.
struct ThreadSyncer {
    private let context: PerformerContext

    init(_ context: PerformerContext) {
        self.context = context
    }

    func perform(_ it: Effect.SyncThread) async -> EffectResult {
        guard let client = context.link.live?.client else { return .unconnected }
        guard let place = Self.real(it.thread.cwd) else {
            return .failed(code: .wrongPlace, reason: "its folder \(it.thread.cwd) is gone")
        }
        let policy: HubThreadPolicy
        do throws(WorkspaceError) {
            policy = try it.thread.policy(in: context.repository, branchPrefix: context.settings.value.branchPrefix)
        } catch {
            return EffectResult(error)
        }
        do {
            let thread = try await client.resumeThread(policy.resume(threadID: it.threadID))
            if let folder = thread.folder, Self.real(folder) != place {
                return .failed(code: .wrongPlace, reason: "its thread works in \(folder), and not in \(place)")
            }
            return .done(
                .history(try await ThreadReader(client, threadID: it.threadID).read(wanted: Set(it.clientIDs)))
            )
        } catch {
            return EffectResult(error)
        }
    }

    private static func real(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
