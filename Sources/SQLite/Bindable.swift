import CSQLite

/// A value that can be bound to a parameter of a statement.
///
/// Integers, `Bool` (0 or 1), `Double`, `String`, `[UInt8]` (a blob) and `Value` conform; `nil` binds NULL. An enumeration with raw text
/// conforms by declaring so: `extension Colour: Bindable, ColumnValue {}`.
public protocol Bindable {
    /// Binds the value to parameter `index` (from 1) of a `sqlite3_stmt`; returns SQLite's result code.
    func bind(to statement: OpaquePointer, at index: Int32) -> Int32
}

extension Int64: Bindable {
    /// Binds an INTEGER.
    public func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        sqlite3_bind_int64(statement, index, self)
    }
}

extension Int: Bindable {
    /// Binds an INTEGER.
    public func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        sqlite3_bind_int64(statement, index, Int64(self))
    }
}

extension Int32: Bindable {
    /// Binds an INTEGER.
    public func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        sqlite3_bind_int64(statement, index, Int64(self))
    }
}

extension Bool: Bindable {
    /// Binds the INTEGER 0 or 1.
    public func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        sqlite3_bind_int64(statement, index, self ? 1 : 0)
    }
}

extension Double: Bindable {
    /// Binds a REAL; SQLite stores NaN as NULL.
    public func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        sqlite3_bind_double(statement, index, self)
    }
}

extension String: Bindable {
    /// Binds a TEXT, also one that contains NUL characters.
    public func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        var copy = self
        return copy.withUTF8 { utf8 in
            guard utf8.count <= Int(Int32.max) else { return SQLITE_TOOBIG }
            return utf8.withMemoryRebound(to: CChar.self) { text in
                // An empty buffer may have no address, and a null pointer would bind NULL.
                guard let base = text.baseAddress else { return orch_bind_text(statement, index, "", 0) }
                return orch_bind_text(statement, index, base, Int32(text.count))
            }
        }
    }
}

extension [UInt8]: Bindable {
    /// Binds a BLOB.
    public func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        withUnsafeBytes { bytes in
            guard bytes.count <= Int(Int32.max) else { return SQLITE_TOOBIG }
            return orch_bind_blob(statement, index, bytes.baseAddress, Int32(bytes.count))
        }
    }
}

extension RawRepresentable where RawValue == String, Self: Bindable {
    /// An enumeration is stored as its raw text.
    @inlinable
    public func bind(to statement: OpaquePointer, at index: Int32) -> Int32 { rawValue.bind(to: statement, at: index) }
}
