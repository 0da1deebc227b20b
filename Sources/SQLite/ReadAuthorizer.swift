import CSQLite

/// Lets statements read some tables and views, and nothing else: for SQL that a user typed.
///
/// Refused: writes, `ATTACH`, `PRAGMA`, transactions, temporary tables, functions that reach outside. A view may read the tables that it
/// is made of: SQLite names the view that an access comes from. It does so with a common table expression's name too, so one that is named
/// like a readable view could read what the view may: who restricts a connection must refuse such names beforehand.
final class ReadAuthorizer {
    private let readable: Set<String>
    /// Common table expressions of the present statement, which have no table behind them.
    private let countable: Set<String>
    /// The tables that views of the present statement read columns of.
    private var behindViews: Set<String> = []

    init(readable: Set<String>, countable: Set<String>) {
        self.readable = Set(readable.map { $0.lowercased() })
        self.countable = Set(countable.map { $0.lowercased() })
    }

    /// What SQLite calls for each access that a statement would make.
    static let callback:
        @convention(c) (
            UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, UnsafePointer<CChar>?, UnsafePointer<CChar>?,
            UnsafePointer<CChar>?
        ) -> Int32 = { context, action, first, second, _, origin in
            guard let context else { return SQLITE_DENY }
            let this = Unmanaged<ReadAuthorizer>.fromOpaque(context).takeUnretainedValue()
            let isAllowed = this.allows(
                action: action,
                first: first.map { String(cString: $0).lowercased() },
                second: second.map { String(cString: $0).lowercased() },
                origin: origin.map { String(cString: $0).lowercased() }
            )
            return isAllowed ? SQLITE_OK : SQLITE_DENY
        }

    /// A new statement is about to be prepared.
    func begin() {
        behindViews = []
    }

    private func allows(action: Int32, first: String?, second: String?, origin: String?) -> Bool {
        switch action {
        case SQLITE_SELECT, SQLITE_RECURSIVE: true
        case SQLITE_READ: allowsReading(first ?? "", column: second ?? "", origin: origin)
        case SQLITE_FUNCTION: second.map { !Self.refusedFunctions.contains($0) } ?? true
        default: false
        }
    }

    private func allowsReading(_ table: String, column: String, origin: String?) -> Bool {
        if readable.contains(table) { return true }
        if let origin, readable.contains(origin) {
            behindViews.insert(table)
            return true
        }
        // A subquery or a common table expression without columns in use has no table's name, a recursive one its own. And of a view that it has dissolved, as in
        // SELECT count(*) FROM view, SQLite says in the end that no column of the table behind it is used, without naming the view.
        return column.isEmpty && (table.isEmpty || behindViews.contains(table) || countable.contains(table))
    }

    /// Functions that reach files or code, in this library or in shells that extend it, and those that make memory out of nothing.
    private static let refusedFunctions: Set<String> = [
        "load_extension", "readfile", "writefile", "edit", "fts3_tokenizer", "zeroblob", "randomblob",
        "sqlite_compileoption_get", "sqlite_compileoption_used", "sqlite_offset",
    ]
}

extension Connection {
    /// From now on, and for ever, this connection reads these tables and views only.
    ///
    /// Any other statement fails with `SQLITE_AUTH`. A query that somebody typed may define no common table expression of such a name.
    ///
    /// - Parameters:
    ///   - names: the tables and views.
    ///   - expressions: common table expressions whose rows may be counted: none may have the name of a table or view.
    /// - Throws: what SQLite says.
    public func restrict(
        toReading names: Set<String>,
        counting expressions: Set<String> = []
    ) throws(SQLiteError) {
        let authorizer = ReadAuthorizer(readable: names, countable: expressions)
        try check(
            sqlite3_set_authorizer(handle, ReadAuthorizer.callback, Unmanaged.passUnretained(authorizer).toOpaque())
        )
        self.authorizer = authorizer
        // One value can't fill the memory.
        sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, 64 << 20)
    }
}
