import CodexAppServer
import Settings
import Workspaces

/// Performs `thread.start`.
///
/// A crash before the answer leaves an empty thread that nobody knows, which costs nothing.
struct ThreadStarter {
    private let context: PerformerContext

    init(_ context: PerformerContext) {
        self.context = context
    }

    func perform(_ it: Effect.StartThread) async -> EffectResult {
        guard let client = context.link.live?.client else { return .unconnected }
        let policy: HubThreadPolicy
        do throws(WorkspaceError) {
            policy = try it.thread.policy(in: context.repository, branchPrefix: context.settings.value.branchPrefix)
        } catch {
            return EffectResult(error)
        }
        do {
            // Named at once, it is on the disk before anything is said in it.
            return .done(.thread(id: try await client.startThread(policy.start(name: it.thread.name)).id))
        } catch {
            return error.isNoRollout || error.isThreadUnknown ? .retry(reason: error.message) : EffectResult(error)
        }
    }
}
