import CSQLite

/// A value of any storage class, for statements whose columns are not known beforehand.
public enum Value: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
}

extension Value: Bindable {
    /// Binds what it holds.
    public func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        switch self {
        case .null: sqlite3_bind_null(statement, index)
        case .integer(let value): value.bind(to: statement, at: index)
        case .real(let value): value.bind(to: statement, at: index)
        case .text(let value): value.bind(to: statement, at: index)
        case .blob(let value): value.bind(to: statement, at: index)
        }
    }
}

extension Value: ColumnValue {
    /// Reads whatever the column holds.
    public init?(statement: OpaquePointer, column index: Int32) {
        switch sqlite3_column_type(statement, index) {
        case SQLITE_NULL: self = .null
        case SQLITE_INTEGER: self = .integer(sqlite3_column_int64(statement, index))
        case SQLITE_FLOAT: self = .real(sqlite3_column_double(statement, index))
        case SQLITE_TEXT:
            guard let text = String(statement: statement, column: index) else { return nil }
            self = .text(text)
        default:
            guard let bytes = [UInt8](statement: statement, column: index) else { return nil }
            self = .blob(bytes)
        }
    }
}
