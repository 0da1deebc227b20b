import CSQLite

/// Lets statements read some tables and views, and nothing else: for SQL that a user typed.
///
/// Refused: writes, `ATTACH`, `PRAGMA`, transactions, temporary tables, functions that reach outside. A view may read the tables that it
/// is made of: SQLite names the view that an access comes from.
final class ReadAuthorizer {
    private let readable: Set<String>

    init(readable: Set<String>) {
        self.readable = readable
    }

    static let callback:
        @convention(c) (
            UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, UnsafePointer<CChar>?, UnsafePointer<CChar>?,
            UnsafePointer<CChar>?
        ) -> Int32 = { context, action, first, second, _, origin in
            guard let context else { return SQLITE_DENY }
            let this = Unmanaged<ReadAuthorizer>.fromOpaque(context).takeUnretainedValue()
            let isAllowed = this.allows(
                action: action,
                first: first.map { String(cString: $0) },
                second: second.map { String(cString: $0) },
                origin: origin.map { String(cString: $0) }
            )
            return isAllowed ? SQLITE_OK : SQLITE_DENY
        }

    private func allows(action: Int32, first: String?, second: String?, origin: String?) -> Bool {
        switch action {
        case SQLITE_SELECT, SQLITE_RECURSIVE: true
        case SQLITE_READ:
            // An access from within a view names it as its origin; a subquery or common table expression has no table at all.
            first.map { readable.contains($0) || $0.isEmpty || origin.map(readable.contains) == true } ?? true
        case SQLITE_FUNCTION: second.map { !Self.refusedFunctions.contains($0.lowercased()) } ?? true
        default: false
        }
    }

    private static let refusedFunctions: Set<String> = [
        "load_extension", "readfile", "writefile", "edit", "fts3_tokenizer", "zeroblob", "randomblob",
    ]
}

extension Connection {
    /// From now on, this connection reads these tables and views only, for ever.
    public func restrict(toReading names: Set<String>) throws(SQLiteError) {
        let authorizer = ReadAuthorizer(readable: names)
        self.authorizer = authorizer
        try check(
            sqlite3_set_authorizer(handle, ReadAuthorizer.callback, Unmanaged.passUnretained(authorizer).toOpaque())
        )
    }
}
