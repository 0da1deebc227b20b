import OrchStore
import SQLite

/// The one way in which rows reach standard output.
extension Output {
    /// Writes a report, row by row.
    func report(_ kind: ReportKind, _ filter: ReportFilter, _ format: ReportFormat, _ db: Connection) throws {
        func write(as renderer: some ReportRenderer) throws {
            try Reports.write(kind, filter, columns: format.columns, db, as: renderer, to: self.write)
        }
        try write(as: renderer(format))
    }

    /// Writes the answer to a person's SQL, row by row.
    func query(_ sql: String, timeMs: Int, _ format: ReportFormat, _ db: Connection) throws {
        func write(as renderer: some ReportRenderer) throws {
            try Reports.writeSQL(sql, db, QueryLimits(timeMs: timeMs), as: renderer, to: self.write)
        }
        try write(as: renderer(format))
    }

    /// Writes rows that are in memory.
    func table(_ table: ReportTable, _ format: ReportFormat) throws {
        try write(renderer(format).text(table))
    }

    private func renderer(_ format: ReportFormat) -> any ReportRenderer {
        format.renderer(TableStyle(width: isTerminal ? width : nil, hasColour: hasColour), isTerminal: isTerminal)
    }
}
