import OrchStore
import SQLite

/// The one way in which rows reach standard output.
///
/// A table without rows is nothing at all, for scripts; a person is told so beside it.
extension Output {
    /// Writes a report, row by row.
    func report(_ kind: ReportKind, _ filter: ReportFilter, _ format: ReportFormat, _ db: Connection) throws {
        func write(as renderer: some ReportRenderer) throws -> Int {
            try Reports.write(kind, filter, columns: format.columns, db, as: renderer, to: self.write)
        }
        let count = try write(as: renderer(format))
        if count == 0, format == .table { note(filter.isEmpty ? kind.nothing : "No \(kind.rawValue) match.") }
    }

    /// Writes the answer to a person's SQL, row by row, at most so many of them.
    func query(_ sql: String, timeMs: Int, rows: Int?, _ format: ReportFormat, _ db: Connection) throws {
        func write(as renderer: some ReportRenderer) throws -> Int {
            let limits = QueryLimits(timeMs: timeMs)
            return try Reports.writeSQL(sql, db, limits, most: rows ?? .max, as: renderer, to: self.write)
        }
        let count = try write(as: renderer(format))
        if count == 0, format == .table { note("No rows.") }
        if let rows, count > rows { note("Note: there are more than these \(rows) rows.") }
    }

    /// Writes rows that are in memory; `nothing` is what a person is told when there are none.
    func table(_ table: ReportTable, _ format: ReportFormat, nothing: String? = nil) throws {
        try write(renderer(format).text(table))
        if table.rows.isEmpty, format == .table, let nothing { note(nothing) }
    }

    private func renderer(_ format: ReportFormat) -> any ReportRenderer {
        format.renderer(TableStyle(width: tableWidth, hasColour: hasColour), isTerminal: isTerminal)
    }
}
