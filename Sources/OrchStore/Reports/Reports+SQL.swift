package import OrchCore
package import SQLite

extension Reports {
    /// The answer to a query that a person typed.
    ///
    /// It may read the `report_` views, and JSON arrays through `json_each` and `json_tree`; everything else is refused. The connection is
    /// restricted to that for ever: give it one of its own.
    ///
    /// - Throws: `StoreError.refusedQuery` for what is not allowed, `.invalidQuery` for what SQLite does not understand, `.tooSlow` when
    ///   the time is up.
    package static func sql(_ query: String, _ db: Connection, limits: SQLLimits = SQLLimits()) throws -> ReportTable {
        var table = ReportTable(columns: [], rows: [])
        try streamSQL(query, db, QueryLimits(timeMs: limits.timeMs), begin: { table.columns = $0 }) { row in
            guard table.rows.count < limits.rows else {
                table.isCut = true
                return false
            }
            table.rows.append(row)
            return true
        }
        return table
    }

    /// The same row by row, in bounded memory; `row` returns false when it has enough.
    ///
    /// A limit of time counts the time that `row` takes, too: where that waits for a person (a pager), limit the steps instead.
    package static func streamSQL(
        _ query: String,
        _ db: Connection,
        _ limits: QueryLimits,
        begin: ([ReportColumn]) throws -> Void,
        row: ([JSONValue]) throws -> Bool
    ) throws {
        let views: [String] = try db.query(
            "SELECT name FROM sqlite_schema WHERE type = 'view' AND name GLOB 'report_*'"
        ) {
            try $0.get(0)
        }
        let text = SQLText(query)
        try text.check(readable: Set(views))
        let stored: [String] = try db.query("SELECT name FROM sqlite_schema") { try $0.get(0) }
        // Their modules make their tables at the first use, which a restricted connection may not.
        _ = try db.scalar("SELECT count(*) FROM json_each('[]'), json_tree('[]')") as Int?
        try db.restrict(
            toReading: Set(views).union(["json_each", "json_tree"]),
            counting: text.definitions.subtracting(stored.map { $0.lowercased() })
        )
        do {
            db.setLimits(limits)
            defer { db.setLimits(nil) }
            let columns = try db.columnNames(query).map { ReportColumn($0) }
            try begin(columns)
            try db.each(query) { try row(ReportValue.all($0, columns)) }
        } catch let error as SQLiteError {
            throw explain(error, views: views)
        }
    }

    /// The same through a renderer.
    ///
    /// Unless told otherwise, SQLite's own work is limited to what takes it about half a minute.
    ///
    /// - Returns: how many rows there were, one more than `most` when that cut some off.
    @discardableResult
    package static func writeSQL(
        _ query: String,
        _ db: Connection,
        _ limits: QueryLimits = QueryLimits(kiloSteps: 2_000_000),
        most: Int = .max,
        as renderer: some ReportRenderer,
        to sink: ([UInt8]) throws -> Void
    ) throws -> Int {
        var page = RenderedPage(renderer)
        var count = 0
        try streamSQL(query, db, limits, begin: { page.begin($0) }) { row in
            count += 1
            guard count <= most else { return false }
            try page.row(row, to: sink)
            return true
        }
        try page.end(to: sink)
        return count
    }

    private static func explain(_ error: SQLiteError, views: [String]) -> StoreError {
        if error.isInterrupted { return StoreError(.tooSlow, "the query took too long and was stopped: ask for less") }
        if error.isUnauthorized {
            return StoreError(
                .refusedQuery,
                "a query may only read the views \(views.sorted().joined(separator: ", ")): \(error.message)"
            )
        }
        return StoreError(.invalidQuery, "SQLite does not take this query: \(SafeText.line(error.message))")
    }
}
