package import OrchStore
import Settings

/// Performs deeds, each by its performer and within its limit.
package struct Performers: Sendable {
    private let context: PerformerContext

    /// Performers in a context.
    package init(_ context: PerformerContext) {
        self.context = context
    }

    /// Performs what a row of the outbox says; how it ended.
    package func perform(_ row: OutboxRecord) async -> EffectResult {
        let effect: Effect
        do { effect = try Effect(row) } catch { return .failed(code: .other, reason: "\(error)") }
        return await withTimeLimit(limit(effect), effect.kind) { await perform(effect, attempts: row.attempts) }
    }

    private func perform(_ effect: Effect, attempts: Int) async -> EffectResult {
        switch effect {
        case .startAppServer(let it): await AppServerStarter(context).perform(it)
        case .connect(let it): await AppServerConnector(context).perform(it)
        case .endAppServer(let it): await AppServerEnder().perform(it)
        case .startThread(let it): await ThreadStarter(context).perform(it)
        case .syncThread(let it): await ThreadSyncer(context).perform(it)
        case .submitTurn(let it): await TurnSubmitter(context).perform(it, attempts: attempts)
        case .interruptTurn(let it): await TurnInterrupter(context).perform(it)
        case .answer(let it): RequestAnswerer(context).perform(it)
        case .prepareWorkspace(let it): await WorkspacePreparer(context).perform(it)
        case .inspectWorkspace(let it): await WorkspaceInspector(context).perform(it)
        case .runExec(let it): await ExecPerformer(context).perform(it, attempts: attempts)
        case .runHook(let it): await HookPerformer(context).perform(it, attempts: attempts)
        case .setLabels(let it):
            if let remote = context.remote {
                await remote.showLabels(it, names: context.settings.value.labels, attempts: attempts)
            } else {
                await TrackerWriter(context).perform(it)
            }
        case .postComment(let it):
            if let remote = context.remote {
                await remote.post(it, attempts: attempts)
            } else {
                await TrackerWriter(context).perform(it)
            }
        case .claim(let it): await RemotePerformer(context).perform { await $0.claim(it, attempts: attempts) }
        case .showStatus(let it): await RemotePerformer(context).perform { await $0.showStatus(it, attempts: attempts) }
        case .react(let it): await RemotePerformer(context).perform { await $0.react(it) }
        case .push(let it): await RemotePerformer(context).push(it)
        case .openPull(let it): await RemotePerformer(context).openPull(it)
        case .retireWorkspace(let it): await RemotePerformer(context).retire(it)
        }
    }

    /// How long a deed may take: more than all the limits inside it together, so that those speak first.
    private func limit(_ effect: Effect) -> Duration {
        let settings = context.settings.value
        let request = Duration.milliseconds(settings.requestLimitMs)
        return switch effect {
        case .startAppServer, .connect: .seconds(45)
        case .endAppServer: .seconds(20)
        case .startThread: request * 2 + .seconds(5)
        case .syncThread: request * 3 + .seconds(60)
        case .submitTurn: request * 5 + .seconds(10)
        case .interruptTurn: request + .seconds(15)
        case .answer: .seconds(10)
        case .prepareWorkspace: .seconds(660) + .milliseconds(2 * settings.hooks.timeoutMs)
        case .inspectWorkspace: .seconds(300)
        case .runExec(let it): .milliseconds(it.limitMs) + .seconds(20)
        case .runHook: .milliseconds(settings.hooks.timeoutMs) + .seconds(20)
        case .setLabels, .postComment, .claim, .showStatus, .react, .openPull: .seconds(300)
        case .push: .seconds(700)
        case .retireWorkspace: .seconds(660) + .milliseconds(settings.hooks.timeoutMs)
        }
    }
}
