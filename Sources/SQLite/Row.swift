import CSQLite

/// The current row of a statement.
///
/// It is of use only inside the closure that it is given to: afterwards every `get` throws.
public struct Row {
    let statement: Statement

    /// The value of a column, counted from 0.
    ///
    /// - Throws: `SQLiteError` (`SQLITE_MISMATCH`) when it is NULL or of another type.
    @inlinable  // so that each caller's types are known to the compiler: rows are read by the thousand
    public func get<T: ColumnValue>(_ index: Int) throws(SQLiteError) -> T {
        guard let value = T(statement: try readable(index), column: Int32(index)) else {
            throw mismatch(index, "\(T.self)")
        }
        return value
    }

    /// The value of a column that may be NULL.
    ///
    /// - Throws: `SQLiteError` (`SQLITE_MISMATCH`) when it is of another type.
    @inlinable
    public func get<T: ColumnValue>(_ index: Int) throws(SQLiteError) -> T? {
        let handle = try readable(index)
        guard !isNull(index) else { return nil }
        guard let value = T(statement: handle, column: Int32(index)) else { throw mismatch(index, "\(T.self)") }
        return value
    }

    /// The value of a column, whatever it holds.
    public func value(_ index: Int) throws(SQLiteError) -> Value {
        try get(index)
    }

    /// The storage class of a column.
    public func kind(_ index: Int) -> ColumnKind {
        guard statement.hasRow else { return .null }
        return switch sqlite3_column_type(statement.handle, Int32(index)) {
        case SQLITE_INTEGER: .integer
        case SQLITE_FLOAT: .real
        case SQLITE_TEXT: .text
        case SQLITE_BLOB: .blob
        default: .null
        }
    }

    /// How many columns there are.
    public var count: Int { statement.columnCount }

    /// The name of a column.
    public func name(_ index: Int) -> String { statement.columnName(index) }

    /// The `sqlite3_stmt`, when this column of it can be read now.
    @usableFromInline
    func readable(_ index: Int) throws(SQLiteError) -> OpaquePointer {
        guard statement.hasRow else {
            throw SQLiteError(
                extendedCode: SQLITE_MISUSE,
                message: "a row was read outside of its closure",
                sql: statement.sql
            )
        }
        guard index >= 0, index < statement.columnCount else {
            throw SQLiteError(
                extendedCode: SQLITE_RANGE,
                message: "there is no column \(index) among \(statement.columnCount)",
                sql: statement.sql
            )
        }
        return statement.handle
    }

    @usableFromInline
    func isNull(_ index: Int) -> Bool {
        sqlite3_column_type(statement.handle, Int32(index)) == SQLITE_NULL
    }

    @usableFromInline
    func mismatch(_ index: Int, _ type: String) -> SQLiteError {
        SQLiteError(
            extendedCode: SQLITE_MISMATCH,
            message: "column \(name(index)) holds \(kind(index)), which is no \(type)",
            sql: statement.sql
        )
    }
}

/// The storage classes of SQLite.
public enum ColumnKind: String, Sendable, Hashable {
    case null, integer, real, text, blob
}
