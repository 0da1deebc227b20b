import SQLite

/// What people asked of the hub, at rest.
package struct CommandTable {
    let db: Connection

    /// The oldest commands that were not executed yet.
    package func pending(limit: Int) throws -> [CommandRecord] {
        try db.query(
            "SELECT \(CommandRecord.columns) FROM command WHERE status = 'pending' ORDER BY id LIMIT ?",
            limit
        ) { try CommandRecord(row: $0) }
    }

    /// The commands of a kind that were not executed yet, oldest first.
    package func pending(kind: String) throws -> [CommandRecord] {
        try db.query(
            "SELECT \(CommandRecord.columns) FROM command WHERE status = 'pending' AND kind = ? ORDER BY id",
            kind
        ) { try CommandRecord(row: $0) }
    }

    /// The command with this id.
    package func find(_ id: Int64) throws -> CommandRecord? {
        try db.first("SELECT \(CommandRecord.columns) FROM command WHERE id = ?", id) { try CommandRecord(row: $0) }
    }

    /// Records what became of a command.
    package func settle(_ id: Int64, _ status: CommandStatus, result: String?, error: String?, nowMs: Int64) throws {
        try db.run(
            "UPDATE command SET status = ?, result = ?, error = ?, settled_at_ms = ? WHERE id = ?",
            status,
            result,
            error,
            nowMs,
            id
        )
    }
}
