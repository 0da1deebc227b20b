import CodexAppServer
import GitHub
import Logging
import OrchCore
import OrchStore
import SQLite
import Settings
import Workspaces

/// What a daemon needs, found and checked before anything starts: repository, lock, database, settings, codex.
struct DaemonSetup: Sendable {
    var repository: GitRepository
    var folder: OrchFolder
    /// Held while this value lives (I1).
    var lock: HubLock
    var reader: SettingsReader
    var reading: SettingsReader.Reading
    var program: CodexProgram
    /// The app-server's socket; nil where it talks over pipes.
    var socket: String?
    /// The doorbell's socket.
    var bell: String
    /// What an app-server of now would be started with, as a hash.
    var fingerprint: String
    /// The way to GitHub; nil for a hub of local issues.
    var gitHub: GitHubClient?
    /// The last event before this daemon.
    var lastSeq: Int64

    /// Finds and checks all of it.
    ///
    /// - Throws: `WorkspaceError` without a repository; `HubLockError` when another daemon works on it; `StoreError` for a database that can't be
    ///   used; `SettingsError` with all problems; `AppServerError` for codex.
    static func make(
        _ options: DaemonOptions,
        transport: any HTTPTransport,
        logger: Logger
    ) async throws -> DaemonSetup {
        let repository = try await GitRepository.discover(from: options.directory, environment: options.environment)
        let folder = OrchFolder(repository: repository.root)
        try folder.create()
        let lock = try HubLock(folder, holder: .current(.daemon, version: HubDaemon.version, nowMs: SystemTime.nowMs))
        let db = try Store.open(folder, role: .daemon, nowMs: SystemTime.nowMs)
        let lastSeq: Int64? = try db.scalar("SELECT max(seq) FROM event")
        let gate = try HubTables(db).tracker.get().gate
        let reader = SettingsReader(repository, overrides: options.overrides, environment: options.environment)
        let reading = try await reader.read()
        let program = try await CodexProgram.find(
            explicit: reading.settings.codexPath,
            environment: options.environment
        )
        let path = try SocketPath.make(for: repository.root, environment: options.environment)
        StaleSockets.clear(beside: path)
        var setup = DaemonSetup(
            repository: repository,
            folder: folder,
            lock: lock,
            reader: reader,
            reading: reading,
            program: program,
            socket: reading.settings.appServer == .socket ? path : nil,
            bell: BellPath.socket(beside: path),
            fingerprint: "",
            gitHub: nil,
            lastSeq: lastSeq ?? 0
        )
        // The user's settings of codex are read here once, so that wrong ones are said before anything starts.
        let home = try setup.codex(options.environment).home(model: reading.settings.model)
        let keys = home.user.environmentKeys.sorted().map { "\($0)=\(options.environment[$0] ?? "")" }
        setup.fingerprint = RequestHash.of(
            ([program.path, "\(program.version)", home.configText] + keys).joined(separator: "\n")
        )
        if reading.settings.tracker == .github {
            setup.gitHub = try await GitHubSetup.client(
                reading.settings,
                repository: repository,
                environment: options.environment,
                version: HubDaemon.version,
                gate: gate,
                transport: transport,
                logger: logger
            )
        }
        return setup
    }

    /// How the app-server is started.
    func codex(_ environment: [String: String]) -> CodexSetup {
        CodexSetup(codexPath: program.path, folder: folder, environment: environment) { [folder] server in
            let db = try Store.open(folder, role: .readOnly, nowMs: SystemTime.nowMs)
            return try db.query("SELECT token FROM app_server WHERE id < ? ORDER BY id DESC LIMIT 3", server) {
                try $0.get(0)
            }
        }
    }

    /// Opens the hub; on the loop's thread.
    func open(seed: String?, redaction: Redaction) throws -> HubLoop.Parts {
        let now = Moment.current()
        let db = try Store.open(folder, role: .daemon, nowMs: now.wallMs)
        if let seed, try HubTables(db).agents.orchestrator() == nil {
            _ = try CommandQueue(db).insert(
                "agent.send",
                ["to": "orchestrator", "task": .string(seed)],
                source: "seed",
                nowMs: now.wallMs
            )
        }
        let environment = Hub.Environment(
            makeID: HubIdentifiers.turn,
            unitRandom: HubIdentifiers.unitRandom,
            pid: Int64(HubIdentifiers.pid),
            host: LockHolder.hostName(),
            version: HubDaemon.version,
            repository: folder.repository,
            baseBranch: reading.baseBranch,
            appServerMode: reading.settings.appServer.rawValue,
            socketPath: socket,
            fingerprint: fingerprint,
            redaction: redaction
        )
        return HubLoop.Parts(
            hub: Hub(db: db, settings: reading.settings, environment: environment, now: now),
            db: db,
            folder: folder
        )
    }
}
