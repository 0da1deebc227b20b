import CSQLite

/// What SQLite said when it could not do something.
///
/// Values that were bound never appear in it. Codes: <https://sqlite.org/rescode.html>.
public struct SQLiteError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The extended result code.
    public var extendedCode: Int32
    /// SQLite's own words.
    public var message: String
    /// The statement that failed, if one did.
    public var sql: String?

    /// An error with an extended result code.
    public init(extendedCode: Int32, message: String, sql: String? = nil) {
        self.extendedCode = extendedCode
        self.message = message
        self.sql = sql
    }

    /// The primary result code: the low byte of the extended one.
    public var code: Int32 { extendedCode & 0xFF }
    /// Another connection holds a lock, and the time limit passed.
    public var isBusy: Bool { code == SQLITE_BUSY || code == SQLITE_LOCKED }
    /// A constraint (or a trigger's `RAISE(ABORT)`) refused the change.
    public var isConstraint: Bool { code == SQLITE_CONSTRAINT }
    /// The disk or its quota is full.
    public var isFull: Bool { code == SQLITE_FULL }
    /// The file can't be written.
    public var isReadOnly: Bool { code == SQLITE_READONLY }
    /// The file can't be opened: missing, or out of reach.
    public var cannotOpen: Bool { code == SQLITE_CANTOPEN }
    /// Reading or writing the file failed.
    public var isInputOutput: Bool { code == SQLITE_IOERR }
    /// The file is no database.
    public var isNotADatabase: Bool { code == SQLITE_NOTADB }
    /// The database is damaged.
    public var isCorrupt: Bool { code == SQLITE_CORRUPT }
    /// The authorizer refused the statement.
    public var isUnauthorized: Bool { code == SQLITE_AUTH }
    /// The statement was interrupted: by a caller, or because it took too long.
    public var isInterrupted: Bool { code == SQLITE_INTERRUPT }

    /// The code, SQLite's words and the beginning of the statement.
    public var description: String {
        "SQLite error \(extendedCode): \(message)\(sql.map { " (in: \($0.prefix(200)))" } ?? "")"
    }
}
