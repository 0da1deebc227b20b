package import Logging
package import OrchStore
import ServiceLifecycle
import SQLite

/// Keeps `.orch/state.jsonl` up to date, on a thread of its own.
package actor MirrorWriter: Service {
    private let executor = QueueExecutor("orch.mirror")
    private let folder: OrchFolder
    private let changes: AsyncStream<Void>
    private let logger: Logger

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// A writer that looks when `changed` rings.
    package init(_ folder: OrchFolder, changed: ChangeSignal, logger: Logger) {
        self.folder = folder
        changes = changed.subscribe()
        self.logger = logger
    }

    package func run() async throws {
        let db = try Store.open(folder, role: .readOnly, nowMs: SystemTime.nowMs)
        let mirror = StateMirror(path: folder.mirror)
        var isFailing = false
        catchUp(mirror, db, &isFailing)
        for await _ in changes.cancelOnGracefulShutdown() { catchUp(mirror, db, &isFailing) }
        catchUp(mirror, db, &isFailing)
    }

    /// The database is authoritative: a mirror that can't be written is complained of once, and no reason to stop.
    private func catchUp(_ mirror: StateMirror, _ db: Connection, _ isFailing: inout Bool) {
        do {
            while try mirror.catchUp(db) > 0 {}
            isFailing = false
        } catch {
            if !isFailing { logger.warning("the mirror can't be written", metadata: ["error": "\(error)"]) }
            isFailing = true
        }
    }
}
