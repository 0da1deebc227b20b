import CodexAppServer
import Glibc
package import OrchStore
import SQLite

/// The app-servers that a hub's database knows of.
package struct RecordedServers: Sendable {
    private let folder: OrchFolder

    /// Those of a hub.
    package init(_ folder: OrchFolder) {
        self.folder = folder
    }

    /// Ends those that run, and the commands that they left: for a hub of which nothing is to stay.
    ///
    /// Each is proven to be the recorded one first. No daemon may run.
    ///
    /// - Throws: `StoreError`, `SQLiteError` when the database can't be read.
    package func end(grace: Duration = .milliseconds(500)) async throws {
        let db = try Store.open(folder, role: .readOnly, nowMs: SystemTime.nowMs)
        let servers = try db.query("SELECT \(AppServerRecord.columns) FROM app_server") { try AppServerRecord(row: $0) }
        for server in servers {
            var process = ProcessIdentity.find(token: server.token)
            if let pid = server.pid, let startTime = server.startTime, let bootID = server.bootId {
                process = ProcessIdentity(pid: pid, startTime: startTime, bootID: bootID)
            }
            _ = await process?.terminate(token: server.token, grace: grace)
            for stray in ProcessIdentity.strays(token: server.token) { stray.killNow(token: server.token) }
            if let socket = server.socket { unlink(socket) }
        }
    }
}
