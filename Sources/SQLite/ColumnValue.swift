import CSQLite

/// A value that can be read from a column.
///
/// Reading is strict: a column that holds another storage class is an error, never a conversion. (Only `Double` also reads an INTEGER.)
public protocol ColumnValue {
    /// Reads column `index` (from 0) of the current row of a `sqlite3_stmt`; nil when it holds something else.
    init?(statement: OpaquePointer, column index: Int32)
}

extension Int64: ColumnValue {
    /// Reads an INTEGER.
    public init?(statement: OpaquePointer, column index: Int32) {
        guard sqlite3_column_type(statement, index) == SQLITE_INTEGER else { return nil }
        self = sqlite3_column_int64(statement, index)
    }
}

extension Int: ColumnValue {
    /// Reads an INTEGER.
    public init?(statement: OpaquePointer, column index: Int32) {
        guard let value = Int64(statement: statement, column: index) else { return nil }
        self.init(exactly: value)
    }
}

extension Bool: ColumnValue {
    /// Reads the INTEGER 0 or 1.
    public init?(statement: OpaquePointer, column index: Int32) {
        guard let value = Int64(statement: statement, column: index), value == 0 || value == 1 else { return nil }
        self = value == 1
    }
}

extension Double: ColumnValue {
    /// Reads a REAL or an INTEGER.
    public init?(statement: OpaquePointer, column index: Int32) {
        let type = sqlite3_column_type(statement, index)
        guard type == SQLITE_FLOAT || type == SQLITE_INTEGER else { return nil }
        self = sqlite3_column_double(statement, index)
    }
}

extension String: ColumnValue {
    /// Reads a TEXT; bytes that are no UTF-8 are repaired with U+FFFD.
    public init?(statement: OpaquePointer, column index: Int32) {
        guard sqlite3_column_type(statement, index) == SQLITE_TEXT, let text = sqlite3_column_text(statement, index)
        else { return nil }
        let count = Int(sqlite3_column_bytes(statement, index))
        self = String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self)
    }
}

extension [UInt8]: ColumnValue {
    /// Reads a BLOB.
    public init?(statement: OpaquePointer, column index: Int32) {
        guard sqlite3_column_type(statement, index) == SQLITE_BLOB else { return nil }
        let count = Int(sqlite3_column_bytes(statement, index))
        guard count > 0, let bytes = sqlite3_column_blob(statement, index) else {
            self = []
            return
        }
        self = Array(UnsafeRawBufferPointer(start: bytes, count: count))
    }
}

extension RawRepresentable where RawValue == String, Self: ColumnValue {
    /// An enumeration is read from its raw text; a text that is none of its cases is an error.
    @inlinable
    public init?(statement: OpaquePointer, column index: Int32) {
        guard let text = String(statement: statement, column: index) else { return nil }
        self.init(rawValue: text)
    }
}
