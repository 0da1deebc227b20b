import CLinux
package import Logging
package import OrchCore
package import OrchStore
package import SQLite
import ServiceLifecycle

/// The one loop: takes inputs in groups, has the hub handle them, hands the deeds on.
///
/// It runs on a thread of its own and owns the hub with its connection: SQLite blocks. It decides nothing, and awaits nothing but
/// inputs, so that whoever waits for room in the inbox always gets it. Ends when the hub says so (a stop that was asked for) and throws when
/// it can't go on: another daemon took over, or the database can't be written.
package actor HubLoop: Service {
    /// What the loop owns: neither is `Sendable`, so they are made on its thread.
    package struct Parts {
        /// The hub.
        package var hub: Hub
        /// Its connection.
        package var db: Connection
        /// Where the database is; nil in memory, where nothing is to be checkpointed.
        package var folder: OrchFolder?

        /// Parts.
        package init(hub: Hub, db: Connection, folder: OrchFolder?) {
            self.hub = hub
            self.db = db
            self.folder = folder
        }
    }

    /// What the loop talks to.
    package struct Surroundings: Sendable {
        /// Where inputs come from.
        package var inbox: Inbox
        /// The clocks.
        package var now: @Sendable () -> Moment
        /// Takes deeds to be performed; must not block.
        package var perform: @Sendable ([OutboxRecord]) -> Void
        /// Rung after each step.
        package var changed: ChangeSignal
        /// Told this daemon's epoch, before the first deed.
        package var began: @Sendable (Int64) -> Void
        /// Told when the loop has ended.
        package var ended: @Sendable () -> Void
        /// For what a person should know.
        package var logger: Logger

        /// Surroundings.
        package init(
            inbox: Inbox,
            now: @escaping @Sendable () -> Moment = Moment.current,
            perform: @escaping @Sendable ([OutboxRecord]) -> Void,
            changed: ChangeSignal = ChangeSignal(),
            began: @escaping @Sendable (Int64) -> Void = { _ in },
            ended: @escaping @Sendable () -> Void = {},
            logger: Logger
        ) {
            self.inbox = inbox
            self.now = now
            self.perform = perform
            self.changed = changed
            self.began = began
            self.ended = ended
            self.logger = logger
        }
    }

    /// Most inputs of one step.
    package static let batchLimit = 256
    /// How often the loop looks whether somebody else wrote to the database: a doorbell's ring may get lost.
    static let lookIntervalMs: Int64 = 1_000
    /// How long nothing has come in when the loop gives back what memory it keeps for being quick.
    static let restAfterMs: Int64 = 5_000
    /// How long a checkpoint that others were in the way of is not tried again.
    static let checkpointPauseMs: Int64 = 1_000

    private let executor = QueueExecutor("orch.hub")
    private let open: @Sendable () throws -> Parts
    private let around: Surroundings
    private var parts: Parts?
    private var hasBegun = false
    private var seenVersion: Int64?
    private var checkpointNotBeforeMs: Int64 = 0
    /// The files that the hub's connection has open, since its first step.
    private var files: [[UInt64]?] = []
    /// When something last came in, on the monotonic clock; nil since what was kept for the next time has been given back.
    private var busyAtMs: Int64?

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// A loop whose parts are made, on its thread, when it runs.
    package init(_ around: Surroundings, open: @escaping @Sendable () throws -> Parts) {
        self.around = around
        self.open = open
    }

    /// Runs until the hub is stopped: by a command, a graceful shutdown, or an error.
    package func run() async throws {
        defer {
            around.inbox.close()
            around.ended()
        }
        parts = try open()
        defer { parts = nil }
        // The end of the task wakes the loop, too.
        try await withTaskCancellationHandler {
            try await withGracefulShutdownHandler {
                try await loop()
            } onGracefulShutdown: { [inbox = around.inbox] in
                inbox.post(.stopping(reason: "it was told to stop"))
            }
        } onCancel: { [inbox = around.inbox] in
            inbox.ring()
        }
        if let parts { finish(parts) }
    }

    private func loop() async throws {
        guard let parts else { return }
        var outcome = try step([.started], parts)
        var due = self.due(outcome)
        busyAtMs = around.now().monotonicMs
        var isTold = false
        while !outcome.mustStop {
            try Task.checkCancellation()
            guard let inputs = try next(due, parts) else { continue }
            if inputs.contains(where: \.isStop) { isTold = true }
            outcome = try step(inputs, parts)
            due = self.due(outcome)
            if inputs.contains(where: \.isCommands), try parts.hub.hasCommands() {
                around.inbox.post(.commandsWaiting)
            }
        }
        if !isTold { _ = try step([.stopping(reason: "`orch stop`")], parts) }
    }

    /// When the hub wants a tick, on both clocks: whichever is there first.
    private func due(_ outcome: StepOutcome) -> Moment {
        let now = around.now()
        return Moment(
            wallMs: outcome.wakeAtMs,
            monotonicMs: now.monotonicMs + max(1, outcome.wakeAtMs - now.wallMs)
        )
    }

    /// The next inputs: what came in, what somebody wrote into the database, or the tick that is due; nil when there is nothing yet.
    ///
    /// Sleeps on this thread, which nobody else needs.
    private func next(_ due: Moment, _ parts: Parts) throws -> [Input]? {
        let pause = min(due.monotonicMs - around.now().monotonicMs, Self.lookIntervalMs)
        let inputs = around.inbox.take(atMost: Self.batchLimit, sleepingAtMostMs: max(1, pause))
        let now = around.now()
        guard inputs.isEmpty else {
            busyAtMs = now.monotonicMs
            return inputs
        }
        let version = try parts.db.dataVersion()
        if version != seenVersion {
            seenVersion = version
            return [.commandsWaiting]
        }
        if now.monotonicMs >= due.monotonicMs || now.wallMs >= due.wallMs { return [.tick] }
        rest(parts, now)
        return nil
    }

    /// Gives back the memory of a busy time, once it is over.
    private func rest(_ parts: Parts, _ now: Moment) {
        guard let busyAtMs, now.monotonicMs - busyAtMs >= Self.restAfterMs else { return }
        self.busyAtMs = nil
        parts.db.releaseMemory()
        malloc_trim(0)
    }

    private func step(_ inputs: [Input], _ parts: Parts) throws -> StepOutcome {
        let outcome = try parts.hub.step(inputs, now: around.now())
        for fault in outcome.faults {
            around.logger.error("an input broke a rule of the hub", metadata: ["fault": "\(fault)"])
        }
        if !hasBegun {
            hasBegun = true
            around.began(parts.hub.epoch)
        }
        try requireFiles(parts)
        if !outcome.effects.isEmpty { around.perform(outcome.effects) }
        around.changed.ring()
        try checkpoint(parts)
        return outcome
    }

    /// Ends the daemon when the database was moved, removed or replaced under it: what it wrote then would be lost.
    private func requireFiles(_ parts: Parts) throws {
        guard let folder = parts.folder else { return }
        let now = Store.files(folder)
        if files.isEmpty { files = now }
        guard now == files else {
            throw HubError(
                .internalError,
                "\(folder.database) or its log was removed or replaced while the daemon ran: nothing more is written; look at what is there, then start the daemon again"
            )
        }
    }

    /// Empties the write-ahead log when it has grown: only here, see `Store`.
    private func checkpoint(_ parts: Parts) throws {
        guard let folder = parts.folder else { return }
        let nowMs = around.now().monotonicMs
        guard nowMs >= checkpointNotBeforeMs, try Store.checkpoint(parts.db, folder) == .busy else { return }
        checkpointNotBeforeMs = nowMs + Self.checkpointPauseMs
        around.logger.warning("the write-ahead log could not be emptied: others were in the way")
    }

    /// The end: what the log holds goes into the database, so that its file stands alone.
    private func finish(_ parts: Parts) {
        guard parts.folder != nil else { return }
        // All is safe in the log, too: the next daemon empties it.
        do { try parts.db.checkpoint(limitMs: 300) } catch {
            around.logger.warning("the write-ahead log was not emptied", metadata: ["error": "\(error)"])
        }
    }
}

extension Input {
    fileprivate var isStop: Bool {
        if case .stopping = self { true } else { false }
    }

    fileprivate var isCommands: Bool {
        if case .commandsWaiting = self { true } else { false }
    }
}

extension Hub {
    /// Whether commands wait that one step did not get to.
    func hasCommands() throws -> Bool { try !tables.commands.pending(limit: 1).isEmpty }
}
