import Logging
import OrchCore
import OrchStore
import OrchTestSupport
import SQLite
import Settings
import Synchronization

@testable import Hub

/// A hub's surroundings for tests of what runs it.
enum HubFixture {
    static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// An environment in which nothing is left to chance.
    static func environment() -> Hub.Environment {
        let count = Mutex(0)
        return Hub.Environment(
            makeID: {
                count.withLock {
                    $0 += 1
                    return "id-\($0)"
                }
            },
            unitRandom: { 0.5 },
            pid: 42,
            host: "test",
            version: "0",
            repository: "/repo",
            baseBranch: "main",
            appServerMode: "socket",
            socketPath: "/nowhere.sock"
        )
    }

    /// The hub's parts in a folder's database, without an orchestrator.
    @Sendable
    static func parts(_ folder: OrchFolder) throws -> HubLoop.Parts {
        let db = try Store.open(folder, role: .daemon, nowMs: TestStore.startMs)
        var settings = HubSettings()
        settings.orchestrator = false
        let hub = Hub(db: db, settings: settings, environment: environment(), now: .current())
        return HubLoop.Parts(hub: hub, db: db, folder: folder)
    }
}

/// What a closure was given, in order.
final class Recorder<Value: Sendable>: Sendable {
    private let values = Mutex<[Value]>([])

    var all: [Value] { values.withLock { $0 } }

    func add(_ value: Value) { values.withLock { $0.append(value) } }
}

/// Waits for a fact, looking again and again, and fails after a limit.
func eventually(_ what: String, limit: Duration = .seconds(20), _ body: () throws -> Bool) async throws {
    let end = ContinuousClock.now + limit
    while try !body() {
        guard ContinuousClock.now < end else { throw TestSupportError(description: "it did not happen: \(what)") }
        await Task.yield()
        try await Task.sleep(for: .milliseconds(1))
    }
}
