package import SQLite

/// An app-server process at rest.
///
/// Columns of table `app_server`; what they mean stands in `Migrations/m0001_init.sql`.
package struct AppServerRecord: Sendable, Hashable {
    package var id: Int64
    package var mode: String
    package var state: String
    package var token: String
    package var socket: String?
    package var pid: Int64?
    package var startTime: Int64?
    package var bootId: String?
    package var version: String?
    package var reason: String?
    package var startedAtMs: Int64
    package var endedAtMs: Int64?
    package var fingerprint: String?

    /// The columns in the order that `init(row:)` reads.
    package static let columns = """
        id, mode, state, token, socket, pid, start_time, boot_id, version, reason, started_at_ms,
        ended_at_ms, fingerprint
        """

    /// Reads one row of `columns`.
    package init(row: borrowing Row) throws {
        id = try row.get(0)
        mode = try row.get(1)
        state = try row.get(2)
        token = try row.get(3)
        socket = try row.get(4)
        pid = try row.get(5)
        startTime = try row.get(6)
        bootId = try row.get(7)
        version = try row.get(8)
        reason = try row.get(9)
        startedAtMs = try row.get(10)
        endedAtMs = try row.get(11)
        fingerprint = try row.get(12)
    }
}
