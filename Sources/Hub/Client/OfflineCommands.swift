package import OrchCore
package import OrchStore
import SQLite
import Settings
import Workspaces

/// Does commands without a daemon: in this process, by the hub's own rules, under the hub's lock, so that no daemon can start meanwhile.
package struct OfflineCommands: Sendable {
    private let folder: OrchFolder
    private let environment: [String: String]

    /// Commands of a hub; `environment` nil means that of this process.
    package init(folder: OrchFolder, environment: [String: String]? = nil) {
        self.folder = folder
        self.environment = environment ?? ProcessEnvironment.inherited
    }

    /// Whether a command needs no daemon.
    package static func canDo(_ kind: String) -> Bool {
        kind.hasPrefix("issue.") || ["hub.pause", "hub.resume", "hub.autopilot", "hub.wip"].contains(kind)
    }

    /// Whether a command makes no sense without a daemon, not even later.
    package static func needsDaemon(_ kind: String) -> Bool {
        ["hub.stop", "hub.ping"].contains(kind)
    }

    /// Does one command; the hub's answer.
    ///
    /// - Throws: `HubLockError` when another holds the lock; `CommandFailure` when the hub refuses; `SettingsError`, `WorkspaceError`,
    ///   `StoreError`, `SQLiteError`.
    package func run(_ kind: String, _ payload: JSONValue, source: String) async throws -> JSONValue {
        // Read first: git takes longer than all the rest, and the lock is held for a moment only.
        let reading = try await settings()
        try folder.create()
        let lock = try HubLock(
            folder,
            holder: .current(.command, version: HubDaemon.version, nowMs: SystemTime.nowMs)
        )
        return try withExtendedLifetime(lock) {
            let db = try Store.open(folder, role: .client, nowMs: SystemTime.nowMs)
            let queue = CommandQueue(db)
            let id = try queue.insert(kind, payload, source: source, nowMs: SystemTime.nowMs)
            var settings = reading.settings
            // A daemon that was started with --repo works with GitHub whatever the settings say.
            if settings.sources["tracker"] == nil, try HubTables(db).tracker.get().kind == TrackerKind.github.rawValue {
                settings.tracker = .github
            }
            let hub = Hub(db: db, settings: settings, environment: hubEnvironment(reading), now: .current())
            try hub.runOffline(command: id, now: .current())
            guard let command = try queue.find(id) else {
                throw HubError(.internalError, "command \(id) is missing from the database")
            }
            return try CommandClient.result(command)
        }
    }

    private func settings() async throws -> SettingsReader.Reading {
        let repository = try await GitRepository.discover(from: folder.repository, environment: environment)
        return try await SettingsReader(repository, environment: environment).read()
    }

    private func hubEnvironment(_ reading: SettingsReader.Reading) -> Hub.Environment {
        Hub.Environment(
            makeID: HubIdentifiers.turn,
            unitRandom: HubIdentifiers.unitRandom,
            pid: Int64(HubIdentifiers.pid),
            host: LockHolder.hostName(),
            version: HubDaemon.version,
            repository: folder.repository,
            baseBranch: reading.baseBranch,
            appServerMode: reading.settings.appServer.rawValue,
            socketPath: nil
        )
    }
}
