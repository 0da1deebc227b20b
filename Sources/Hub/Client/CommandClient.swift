package import OrchCore
package import OrchStore
import SQLite

/// Hands commands to the hub: a row in `command`, a ring of the doorbell, and the wait for what becomes of it.
///
/// Without a daemon, what needs none is done here, under the hub's lock; the rest waits in its row for the next daemon.
package struct CommandClient: Sendable {
    private let folder: OrchFolder
    private let environment: [String: String]?

    /// A client of a hub.
    ///
    /// - Parameters:
    ///   - folder: the hub's; made if it is missing.
    ///   - environment: of this process, for settings; nil for the real one.
    package init(folder: OrchFolder, environment: [String: String]? = nil) {
        self.folder = folder
        self.environment = environment
    }

    /// Has a command done.
    ///
    /// - Parameters:
    ///   - kind: as in `command.kind`, such as `issue.new`.
    ///   - payload: its fields.
    ///   - source: who asks: `cli`, `repl`.
    ///   - limit: how long to wait for the daemon; nothing means that the answer is not wanted.
    /// - Returns: the hub's answer, or that it waits for a daemon, or was handed to one.
    /// - Throws: `CommandFailure` when the hub refused; `HubError` with `unavailable` when it needs a daemon and none runs, or `timeout`;
    ///   `StoreError`, `SQLiteError`.
    package func perform(_ kind: String, _ payload: JSONValue, source: String, limit: Duration) async throws
        -> CommandAnswer
    {
        if HubPresence.daemon(folder) == nil {
            if OfflineCommands.canDo(kind) {
                if let done = try await offline(kind, payload, source: source) { return .done(done) }
                // A daemon has started in between: it is asked.
            } else if OfflineCommands.needsDaemon(kind) {
                throw HubError(.unavailable, "no daemon runs on \(folder.repository): start one with `orch daemon`")
            }
        }
        let db = try Store.open(folder, role: .client, nowMs: SystemTime.nowMs)
        let queue = CommandQueue(db)
        let id = try queue.insert(kind, payload, source: source, nowMs: SystemTime.nowMs)
        return try await wait(id, kind, queue, limit: limit)
    }

    /// The same without a daemon; nil when one holds the lock.
    private func offline(_ kind: String, _ payload: JSONValue, source: String) async throws -> JSONValue? {
        do {
            return try await OfflineCommands(folder: folder, environment: environment).run(
                kind,
                payload,
                source: source
            )
        } catch let error as HubLockError {
            guard case .held(let holder, _) = error, holder?.purpose != .command else { throw error }
            return nil
        }
    }

    /// Waits in slices, since the daemon may end meanwhile.
    private func wait(_ id: Int64, _ kind: String, _ queue: CommandQueue, limit: Duration) async throws -> CommandAnswer
    {
        let clock = ContinuousClock()
        let end = clock.now + limit
        while true {
            let isThere = HubPresence.daemon(folder) != nil
            if isThere { DoorbellRinger.ring(folder) }
            let slice: Duration = isThere ? min(.seconds(1), end - clock.now) : .zero
            if let command = try await queue.wait(id, limit: max(.zero, slice)) {
                return .done(try Self.result(command))
            }
            guard HubPresence.daemon(folder) != nil else {
                // It may have been done just before the daemon ended.
                if let command = try queue.find(id), command.status != .pending {
                    return .done(try Self.result(command))
                }
                return .queued(
                    id: id,
                    note: "no daemon is running; it will be done when `orch daemon` starts (command \(id))"
                )
            }
            guard limit > .zero else {
                return .queued(id: id, note: "handed to the daemon, and not waited for (command \(id))")
            }
            guard clock.now < end else {
                throw HubError(
                    .timeout,
                    "the daemon has not answered within \(DurationText.format(Int64(limit / .milliseconds(1)))); command \(id) (\(kind)) stays queued and will be done"
                )
            }
        }
    }

    /// The answer of a settled command.
    static func result(_ command: CommandRecord) throws -> JSONValue {
        switch command.status {
        case .done: try JSONValue(parsing: command.result ?? "{}")
        case .refused, .failed, .pending:
            throw CommandFailure(id: command.id, kind: command.kind, message: command.error ?? "the hub gave no reason")
        }
    }
}
