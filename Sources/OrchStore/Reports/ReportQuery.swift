import OrchCore
import SQLite

/// The SQL of one report with its filter.
struct ReportQuery {
    var sql: String
    var values: [(any Bindable)?]
    var columns: [ReportColumn]

    /// Builds it.
    ///
    /// Names and numbers of the filter are looked up first, so that a misspelled one is an error and no empty answer.
    init(_ kind: ReportKind, _ filter: ReportFilter, _ which: Reports.Columns, _ db: Connection) throws {
        var conditions: [String] = []
        values = []
        if let since = filter.sinceMs {
            if let until = filter.untilMs, until <= since {
                throw StoreError(.invalidQuery, "the period ends before it begins: nothing can be in it")
            }
            conditions.append("\(kind.period.ends) >= ?")
            values.append(since)
        }
        if let until = filter.untilMs {
            conditions.append("\(kind.period.begins) < ?")
            values.append(until)
        }
        if let agent = filter.agent {
            guard let column = kind.agentColumn else { throw Self.cannotChoose(kind, by: "agent") }
            let ids = try Self.agents(named: agent, db).map(String.init).joined(separator: ", ")
            conditions.append("\(column) IN (\(ids))")
        }
        if let issue = filter.issue {
            guard let column = kind.issueColumn else { throw Self.cannotChoose(kind, by: "issue") }
            try Self.check(issue: issue, db)
            conditions.append("\(column) = ?")
            values.append(issue)
        }
        if let status = filter.status {
            let condition = try kind.condition(status: status)
            conditions.append(condition.sql)
            for value in condition.values { values.append(value) }
        }
        let names: [String] =
            switch which {
            case .all: try db.columnNames("SELECT * FROM \(kind.view)")
            case .headline: kind.headline
            }
        columns = names.map { kind == .artifacts && $0 == "id" ? ReportColumn($0, .digest) : ReportColumn($0) }
        let whole = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
        sql = Self.select(names, kind, whole, isLimited: filter.limit != nil)
        if let limit = filter.limit {
            guard limit >= 0 else { throw StoreError(.invalidQuery, "a limit of \(limit) rows makes no sense") }
            values.append(limit)
        }
    }

    private static func select(_ names: [String], _ kind: ReportKind, _ condition: String, isLimited: Bool) -> String {
        let list = names.joined(separator: ", ")
        let order = kind.order.joined(separator: ", ")
        guard isLimited else { return "SELECT \(list) FROM \(kind.view)\(condition) ORDER BY \(order)" }
        guard kind.isLog else { return "SELECT \(list) FROM \(kind.view)\(condition) ORDER BY \(order) LIMIT ?" }
        // The newest rows, and these in the order in which they happened.
        let inner = (names + kind.order.filter { !names.contains($0) }).joined(separator: ", ")
        let newest = kind.order.map { $0 + " DESC" }.joined(separator: ", ")
        return """
            SELECT \(list) FROM (SELECT \(inner) FROM \(kind.view)\(condition) ORDER BY \(newest) LIMIT ?) ORDER BY \(order)
            """
    }

    private static func cannotChoose(_ kind: ReportKind, by what: String) -> StoreError {
        StoreError(.invalidQuery, "\(kind.rawValue) can't be chosen by \(what)")
    }

    /// The rows of all agents that ever had a name.
    static func agents(named name: String, _ db: Connection) throws -> [Int64] {
        for spelling in [name, name.lowercased()] {
            let ids: [Int64] = try db.query("SELECT id FROM agent WHERE name = ? ORDER BY id", spelling) {
                try $0.get(0)
            }
            if !ids.isEmpty { return ids }
        }
        throw StoreError(
            .notFound,
            "there is no agent '\(SafeText.line(String(name.prefix(80))))': `orch query agents` lists them all"
        )
    }

    /// That there is such an issue.
    static func check(issue: Int, _ db: Connection) throws {
        guard try db.scalar("SELECT 1 FROM issue WHERE number = ?", issue) as Int? == nil else { return }
        throw StoreError(.notFound, "there is no issue #\(issue): `orch query issues` lists them all")
    }
}
