package import OrchCore
import OrchStore
import SQLite

extension Hub {
    /// Executes one command without a daemon, for who holds the hub's lock.
    ///
    /// No epoch begins, nothing is scheduled, and what has to be done on the world waits in the outbox for the next daemon.
    ///
    /// - Throws: `SQLiteError` when the database can't be written.
    package func runOffline(command id: Int64, now: Moment) throws {
        self.now = now
        try db.setSynchronous(.full)
        try db.write {
            epoch = try tables.hub.epoch()
            labelFlips = try countOfLabelRows()
            try runCommands(only: id)
        }
    }

    /// Keys of label rows are counted within an epoch: go on after those that are there.
    private func countOfLabelRows() throws -> Int {
        try db.scalar("SELECT count(*) FROM outbox WHERE kind = 'issue.labels'") ?? 0
    }
}
