import CodexAppServer
import Settings
import Trackers
import Workspaces

@testable import Hub

/// What performers work with: a real repository, and an app-server that answers from a script.
struct PerformerFixture {
    let repository: RepositoryFixture
    let context: PerformerContext

    init(_ transport: ScriptedTransport? = nil, settings: HubSettings = HubSettings()) async throws {
        repository = try await RepositoryFixture()
        let link = AppServerLink()
        if let transport { link.set(.init(server: 1, client: CodexClient(try await transport.connect()))) }
        context = PerformerContext(
            link: link,
            codex: CodexSetup(codexPath: "/none", folder: repository.folder, environment: [:]) { _ in [] },
            settings: SettingsBox(settings),
            repository: try await repository.repository(),
            baseBranch: "main",
            tracker: NoTracker(),
            environment: repository.environment,
            logger: HubFixture.logger
        )
    }

    /// Ends the connection.
    func close() { context.link.live?.client.connection.close() }

    private struct NoTracker: Tracker {
        func showLabels(issue: Int) async throws(TrackerError) -> [String] { throw TrackerError(.refused, "none here") }
        func postComment(issue: Int, body: String, marker: String) async throws(TrackerError) -> Int64 {
            throw TrackerError(.unavailable, "none here")
        }
    }
}
