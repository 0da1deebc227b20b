import CLinux
import CodexAppServer
import GitHub
import Glibc
import Logging
import OrchCore
import OrchStore
import ServiceLifecycle
import Settings
import Trackers
import Workspaces

/// `orch daemon`: the hub with all that feeds it and all that performs its deeds.
package enum HubDaemon {
    /// The version of this program.
    package static let version = "0.1.0"

    /// Runs until it is stopped: by a signal, by `orch stop`, or by an error.
    ///
    /// Everything is checked before anything starts. At the end what agents do goes on in the app-server (unless that talks over pipes),
    /// and the next daemon takes it up.
    ///
    /// - Throws: what `DaemonSetup.make` throws; `HubError` with `superseded` when another daemon took over; `SQLiteError` when the database can't
    ///   be written any more.
    package static func run(_ options: DaemonOptions) async throws {
        // A closed standard error, or a server that is gone, is an error of the write, not the end.
        signal(SIGPIPE, SIG_IGN)
        // Most of the work is the loop's, on one thread: more arenas would only keep what nobody uses any more.
        mallopt(M_ARENA_MAX, 2)
        let redaction = Redaction(environment: options.environment)
        let logger = Logger(label: "orch") { _ in DaemonLogHandler(options.logFormat, redaction: redaction) }
        let transport = AsyncHTTPTransport()
        do {
            let setup = try await DaemonSetup.make(options, transport: transport, logger: logger)
            try await begin(setup, options, redaction, logger)
        } catch {
            // What is open to GitHub goes with the process anyway.
            try? await transport.shutdown()
            throw error
        }
        try? await transport.shutdown()  // as above
        logger.notice("the hub has stopped")
    }

    private static func begin(
        _ setup: DaemonSetup,
        _ options: DaemonOptions,
        _ redaction: Redaction,
        _ logger: Logger
    ) async throws {
        logger.notice(
            "the hub starts",
            metadata: [
                "repository": "\(setup.folder.repository)", "branch": "\(setup.reading.baseBranch)",
                "pid": .stringConvertible(getpid()),
                "codex": "\(setup.program.path) \(setup.program.version)",
                "app_server": "\(setup.reading.settings.appServer.rawValue)",
            ]
        )
        for note in setup.reading.settings.notes { logger.warning("\(note)") }
        defer { withExtendedLifetime(setup.lock) {} }  // held to the very end (I1)
        do { try await run(setup, options, redaction, logger) } catch {
            if options.endsWithInput { await endServers(setup, logger) }
            throw error
        }
        if options.endsWithInput { await endServers(setup, logger) }
    }

    private static func endServers(_ setup: DaemonSetup, _ logger: Logger) async {
        do { try await RecordedServers(setup.folder).end() } catch {
            // The daemon ends all the same; its exit code is about the hub.
            logger.error("the app-server could not be ended", metadata: ["error": "\(error)"])
        }
    }

    private static func run(
        _ setup: DaemonSetup,
        _ options: DaemonOptions,
        _ redaction: Redaction,
        _ logger: Logger
    ) async throws {
        // One that ends its app-server, too, takes longer; whoever started it waits as long as it likes, or is gone.
        let limit = options.endsWithInput ? StopLimit(logger, limit: 30) : StopLimit(logger)
        var services = try self.services(setup, options, redaction, logger, ended: limit.begin)
        if options.endsWithInput {
            let watch = InputWatch(STDIN_FILENO, logger: logger, ended: limit.begin)
            services.insert(Self.configuration(watch), at: 0)
        }
        var configuration = ServiceGroupConfiguration(services: services, logger: quiet)
        configuration.maximumGracefulShutdownDuration = .seconds(3)
        let group = ServiceGroup(configuration: configuration)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            let signals = await StopSignals(logger)
            tasks.addTask { await signals.watch(group, limit) }
            defer { tasks.cancelAll() }
            do { try await group.run() } catch let error as ServiceGroupError {
                throw HubError(.internalError, "\(error)")
            }
        }
    }

    /// The service group tells nothing that the daemon's own log does not.
    private static let quiet = Logger(label: "orch.services") { _ in SwiftLogNoOpLogHandler() }

    /// All services; the last one, the loop, is shut down first, and ends the others with it.
    private static func services(
        _ setup: DaemonSetup,
        _ options: DaemonOptions,
        _ redaction: Redaction,
        _ logger: Logger,
        ended: @escaping @Sendable () -> Void
    ) throws -> [ServiceGroupConfiguration.ServiceConfiguration] {
        let inbox = Inbox()
        let changed = ChangeSignal()
        let epoch = HubEpoch()
        let box = SettingsBox(setup.reading.settings)
        let link = AppServerLink()
        let pump = AppServerPump(link: link, inbox: inbox, logger: logger)
        let codex = setup.codex(options.environment)
        let account = TrackerAccount()
        let facts = TrackerFacts(setup.folder)
        let performers = Performers(
            PerformerContext(
                link: link,
                codex: codex,
                settings: box,
                repository: setup.repository,
                baseBranch: setup.reading.baseBranch,
                tracker: LocalTracker(StoredIssues(setup.folder, epoch: epoch)),
                remote: setup.gitHub.map { client in
                    GitHubTracker(client: client, facts: facts, redaction: redaction) { () async throws(GitHubError) in
                        try await account.knownName()
                    }
                },
                environment: options.environment,
                logger: logger
            )
        )
        let runner = EffectRunner(inbox: inbox, settled: Self.begin(pump, link)) { await performers.perform($0) }
        let loop = HubLoop(
            .init(
                inbox: inbox,
                perform: { runner.submit($0) },
                changed: changed,
                began: { epoch.set($0) },
                ended: ended,
                logger: logger
            )
        ) { try setup.open(seed: options.seed, redaction: redaction) }
        var services: [any Service] = [
            EventLogger(setup.folder, after: setup.lastSeq, changed: changed, logger: logger)
        ]
        if setup.reading.settings.mirror {
            services.append(MirrorWriter(setup.folder, changed: changed, logger: logger))
        }
        let serverLog = ServerLogReader(path: codex.logPath, redaction: redaction, inbox: inbox)
        let settings = SettingsWatcher(
            setup.reader,
            started: setup.reading,
            gitDir: setup.repository.gitDir,
            box: box,
            inbox: inbox,
            logger: logger
        )
        let bell = try Doorbell(setup.folder, at: setup.bell, inbox: inbox)
        if let client = setup.gitHub {
            services.append(
                GitHubPoller(
                    client: client,
                    facts: facts,
                    inbox: inbox,
                    settings: box,
                    account: account,
                    logger: logger
                )
            )
        }
        services += [Rounds([serverLog.look, settings.look]), bell, pump, runner, loop]
        return services.map(configuration)
    }

    /// However a service ends, all end.
    private static func configuration(_ service: any Service) -> ServiceGroupConfiguration.ServiceConfiguration {
        .init(
            service: service,
            successTerminationBehavior: .gracefullyShutdownGroup,
            failureTerminationBehavior: .gracefullyShutdownGroup
        )
    }

    /// What the app-server says is pumped once the hub knows of the connection.
    private static func begin(_ pump: AppServerPump, _ link: AppServerLink)
        -> @Sendable (OutboxRecord, EffectResult) -> Void
    {
        { row, result in
            guard row.kind == "app_server.connect", case .done = result, let live = link.live else { return }
            pump.begin(live)
        }
    }
}
