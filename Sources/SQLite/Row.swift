import CSQLite

/// The current row of a statement: valid only inside the closure that it is given to.
public struct Row: ~Copyable {
    let statement: OpaquePointer

    /// The value of a column, counted from 0.
    ///
    /// - Throws: `SQLiteError` (`SQLITE_MISMATCH`) when it is NULL or of another type.
    public func get<T: ColumnValue>(_ index: Int) throws(SQLiteError) -> T {
        guard let value = T(statement: statement, column: Int32(index)) else { throw mismatch(index, "\(T.self)") }
        return value
    }

    /// The value of a column that may be NULL.
    ///
    /// - Throws: `SQLiteError` (`SQLITE_MISMATCH`) when it is of another type.
    public func get<T: ColumnValue>(_ index: Int) throws(SQLiteError) -> T? {
        guard sqlite3_column_type(statement, Int32(index)) != SQLITE_NULL else { return nil }
        guard let value = T(statement: statement, column: Int32(index)) else { throw mismatch(index, "\(T.self)") }
        return value
    }

    /// The storage class of a column.
    public func kind(_ index: Int) -> ColumnKind {
        switch sqlite3_column_type(statement, Int32(index)) {
        case SQLITE_INTEGER: .integer
        case SQLITE_FLOAT: .real
        case SQLITE_TEXT: .text
        case SQLITE_BLOB: .blob
        default: .null
        }
    }

    /// How many columns there are.
    public var count: Int { Int(sqlite3_column_count(statement)) }

    /// The name of a column.
    public func name(_ index: Int) -> String {
        sqlite3_column_name(statement, Int32(index)).map { String(cString: $0) } ?? ""
    }

    private func mismatch(_ index: Int, _ type: String) -> SQLiteError {
        SQLiteError(
            extendedCode: SQLITE_MISMATCH,
            message: "column \(name(index)) holds \(kind(index)), not \(type)",
            sql: sqlite3_sql(statement).map { String(cString: $0) }
        )
    }
}

/// The storage classes of SQLite.
public enum ColumnKind: String, Sendable, Hashable {
    case null, integer, real, text, blob
}
