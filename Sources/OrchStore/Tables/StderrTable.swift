import SQLite

/// The last lines of stderr of what the hub started.
package struct StderrTable {
    let db: Connection

    /// A line at rest.
    package struct Line: Sendable, Hashable {
        package var id: Int64
        /// Which process wrote it.
        package var source: String
        package var line: String
        package var atMs: Int64
    }

    /// Adds a line.
    package func append(source: String, line: String, nowMs: Int64) throws {
        try db.run("INSERT INTO stderr_line (source, line, at_ms) VALUES (?, ?, ?)", source, line, nowMs)
    }

    /// Drops all but the last lines.
    package func trim(keep: Int) throws {
        try db.run("DELETE FROM stderr_line WHERE id <= (SELECT max(id) FROM stderr_line) - ?", keep)
    }

    /// The last lines, oldest first.
    package func last(_ limit: Int) throws -> [Line] {
        try db.query("SELECT id, source, line, at_ms FROM stderr_line ORDER BY id DESC LIMIT ?", limit) {
            try Line(id: $0.get(0), source: $0.get(1), line: $0.get(2), atMs: $0.get(3))
        }.reversed()
    }
}
