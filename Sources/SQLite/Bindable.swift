import CSQLite

/// A value that can be bound to a parameter of a statement.
public protocol Bindable {
    /// Binds the value to a parameter, counted from 1; returns SQLite's result code.
    func bind(to statement: OpaquePointer, at index: Int32) -> Int32
}

/// A value that can be read from a column.
public protocol ColumnValue {
    /// Reads column `index` (from 0) of the current row; nil when it holds something else.
    init?(statement: OpaquePointer, column index: Int32)
}

extension Int64: Bindable, ColumnValue {
    /// Binds the value.
    public func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        sqlite3_bind_int64(statement, index, self)
    }
    /// Reads the value; nil when the column holds something else.
    public init?(statement: OpaquePointer, column index: Int32) {
        guard sqlite3_column_type(statement, index) == SQLITE_INTEGER else { return nil }
        self = sqlite3_column_int64(statement, index)
    }
}

extension Int: Bindable, ColumnValue {
    /// Binds the value.
    public func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        Int64(self).bind(to: statement, at: index)
    }
    /// Reads the value; nil when the column holds something else.
    public init?(statement: OpaquePointer, column index: Int32) {
        guard let value = Int64(statement: statement, column: index) else { return nil }
        self.init(exactly: value)
    }
}

extension Bool: Bindable, ColumnValue {
    /// Binds the value.
    public func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        sqlite3_bind_int64(statement, index, self ? 1 : 0)
    }
    /// Reads the value; nil when the column holds something else.
    public init?(statement: OpaquePointer, column index: Int32) {
        guard let value = Int64(statement: statement, column: index), value == 0 || value == 1 else { return nil }
        self = value == 1
    }
}

extension Double: Bindable, ColumnValue {
    /// Binds the value.
    public func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        sqlite3_bind_double(statement, index, self)
    }
    /// Reads the value; nil when the column holds something else.
    public init?(statement: OpaquePointer, column index: Int32) {
        let type = sqlite3_column_type(statement, index)
        guard type == SQLITE_FLOAT || type == SQLITE_INTEGER else { return nil }
        self = sqlite3_column_double(statement, index)
    }
}

extension String: Bindable, ColumnValue {
    /// Binds the value.
    public func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        var copy = self
        return copy.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) { text in
                guard text.count <= Int(Int32.max) else { return SQLITE_TOOBIG }
                // An empty buffer may have no address, and a null pointer would bind NULL.
                guard let base = text.baseAddress else { return orch_bind_text(statement, index, "", 0) }
                return orch_bind_text(statement, index, base, Int32(text.count))
            }
        }
    }
    /// Reads the value; nil when the column holds something else.
    public init?(statement: OpaquePointer, column index: Int32) {
        guard sqlite3_column_type(statement, index) == SQLITE_TEXT, let text = sqlite3_column_text(statement, index)
        else { return nil }
        let count = Int(sqlite3_column_bytes(statement, index))
        self = String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self)
    }
}

extension [UInt8]: Bindable, ColumnValue {
    /// Binds the value.
    public func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        withUnsafeBytes { bytes in
            guard bytes.count <= Int(Int32.max) else { return SQLITE_TOOBIG }
            return orch_bind_blob(statement, index, bytes.baseAddress, Int32(bytes.count))
        }
    }
    /// Reads the value; nil when the column holds something else.
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

extension RawRepresentable where RawValue == String, Self: Bindable {
    /// An enumeration is stored as its raw text.
    public func bind(to statement: OpaquePointer, at index: Int32) -> Int32 { rawValue.bind(to: statement, at: index) }
}

extension RawRepresentable where RawValue == String, Self: ColumnValue {
    /// An enumeration is read from its raw text.
    public init?(statement: OpaquePointer, column index: Int32) {
        guard let text = String(statement: statement, column: index) else { return nil }
        self.init(rawValue: text)
    }
}
