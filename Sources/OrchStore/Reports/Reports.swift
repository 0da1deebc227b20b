package import OrchCore
package import SQLite

/// Answers about everything that happened, read from the `report_` views.
///
/// Each call reads one snapshot. None writes, and none takes a lock that a writer would wait for.
package enum Reports {
    /// Which columns are read.
    package enum Columns: Sendable, Hashable {
        /// All of the view's: for machines.
        case all
        /// Those that a table for people shows.
        case headline
    }

    /// The SQL of a report, with a `?` for each value of the filter: what the same question costs elsewhere can be measured.
    ///
    /// - Throws: as `run`.
    package static func sql(
        _ kind: ReportKind,
        _ filter: ReportFilter,
        columns: Columns = .all,
        _ db: Connection
    ) throws -> String {
        try ReportQuery(kind, filter, columns, db).sql
    }

    /// A report as a whole.
    ///
    /// - Throws: `StoreError.notFound` for an agent or issue that never was, `.invalidQuery` for a filter that makes no sense.
    package static func run(
        _ kind: ReportKind,
        _ filter: ReportFilter,
        columns: Columns = .all,
        _ db: Connection
    ) throws -> ReportTable {
        var table = ReportTable(columns: [], rows: [])
        try stream(kind, filter, columns: columns, db, begin: { table.columns = $0 }) { row in
            table.rows.append(row)
            return true
        }
        return table
    }

    /// A report row by row, in bounded memory; `row` returns false when it has enough.
    ///
    /// - Throws: as `run`; and what `begin` and `row` throw.
    package static func stream(
        _ kind: ReportKind,
        _ filter: ReportFilter,
        columns: Columns = .all,
        _ db: Connection,
        begin: ([ReportColumn]) throws -> Void,
        row: ([JSONValue]) throws -> Bool
    ) throws {
        try db.read {
            let query = try ReportQuery(kind, filter, columns, db)
            try begin(query.columns)
            try db.each(query.sql, values: query.values) { try row(ReportValue.all($0, query.columns)) }
        }
    }

    /// A report through a renderer: bytes are handed on when enough have come together, and at the end.
    ///
    /// - Returns: how many rows there were.
    @discardableResult
    package static func write(
        _ kind: ReportKind,
        _ filter: ReportFilter,
        columns: Columns = .all,
        _ db: Connection,
        as renderer: some ReportRenderer,
        to sink: ([UInt8]) throws -> Void
    ) throws -> Int {
        var page = RenderedPage(renderer)
        var count = 0
        try stream(kind, filter, columns: columns, db, begin: { page.begin($0) }) { row in
            count += 1
            try page.row(row, to: sink)
            return true
        }
        try page.end(to: sink)
        return count
    }
}
