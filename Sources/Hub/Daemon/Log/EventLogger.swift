package import Logging
import OrchCore
package import OrchStore
import ServiceLifecycle
import SQLite

/// Logs each new event of the database as a line, on a thread of its own.
package actor EventLogger: Service {
    private let executor = QueueExecutor("orch.events")
    private let folder: OrchFolder
    private let lastSeq: Int64
    private let changes: AsyncStream<Void>
    private let logger: Logger

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// A logger of the events after `lastSeq`, that looks when `changed` rings.
    package init(_ folder: OrchFolder, after lastSeq: Int64, changed: ChangeSignal, logger: Logger) {
        self.folder = folder
        self.lastSeq = lastSeq
        changes = changed.subscribe()
        self.logger = logger
    }

    package func run() async throws {
        let db = try Store.open(folder, role: .readOnly, nowMs: SystemTime.nowMs)
        var follower = try EventFollower(db, after: lastSeq)
        try log(&follower)
        for await _ in changes.cancelOnGracefulShutdown() { try log(&follower) }
        try log(&follower)
    }

    private func log(_ follower: inout EventFollower) throws {
        let names = follower.columns.map(\.name)
        while true {
            let rows = try follower.next()
            guard !rows.isEmpty else { return }
            for row in rows {
                let fields = Dictionary(zip(names, row), uniquingKeysWith: { first, _ in first })
                let kind = fields["kind"]?.stringValue ?? "event"
                logger.log(level: EventLevel.of(kind), "\(kind)", metadata: EventLevel.metadata(fields))
            }
        }
    }
}

/// How loud an event is, and what of it is told.
enum EventLevel {
    /// The level for a kind of event: who must act (a person: warning; nobody: info; only who looks for details: debug).
    static func of(_ kind: String) -> Logger.Level {
        if ["failed", "fault", "stalled", "parked", "lost", "invalid", "refused", "expired"].contains(
            where: kind.hasSuffix
        ) {
            return .warning
        }
        if kind.hasPrefix("item.")
            || ["tokens", "gate", "thread.synced", "turn.submitting", "turn.queued"].contains(kind)
        {
            return .debug
        }
        return .info
    }

    /// What is told beside the kind: whom it is about, and the scalar members of its data.
    static func metadata(_ fields: [String: JSONValue]) -> Logger.Metadata {
        var metadata: Logger.Metadata = [:]
        for (name, value) in fields["data"]?.objectValue ?? [:] {
            metadata[name] = (value.stringValue.map { .string(short($0)) } ?? value).metadataValue
        }
        for name in ["agent", "issue", "turn", "seq"] {
            if let value = fields[name]?.metadataValue { metadata[name] = value }
        }
        return metadata
    }

    /// Bounded; ids of commits and artifacts as people write them.
    private static func short(_ text: String) -> String {
        let isHash = (text.utf8.count == 40 || text.utf8.count == 64) && text.allSatisfy(\.isHexDigit)
        return isHash ? String(text.prefix(12)) : Clip.characters(text, 300)
    }
}
