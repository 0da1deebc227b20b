import SQLite

/// Looks at the SQLite library in use.
enum SQLiteCheck {
    /// The first version without the WAL-reset bug (<https://sqlite.org/wal.html#walresetbug>).
    static let sound = 3_051_003

    /// What was found.
    static func finding() -> Finding {
        let (text, number) = Connection.libraryVersion
        guard number < sound else { return Finding("sqlite", .ok, "version \(text)") }
        return Finding(
            "sqlite",
            .info,
            "version \(text) has the WAL-reset bug of versions before 3.51.3; orch is not exposed to it: only the daemon checkpoints",
            mend: "don't write to .orch/orch.db with other programs while a daemon runs"
        )
    }
}
