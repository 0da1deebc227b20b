import OrchCore
import SQLite

/// Reads columns as JSON values.
enum ReportValue {
    /// The row as values.
    static func all(_ row: Row, _ columns: [ReportColumn]) throws -> [JSONValue] {
        var values: [JSONValue] = []
        values.reserveCapacity(columns.count)
        for (index, column) in columns.enumerated() { values.append(try one(row, index, column.kind)) }
        return values
    }

    private static func one(_ row: Row, _ index: Int, _ kind: ReportColumn.Kind) throws -> JSONValue {
        switch row.kind(index) {
        case .null: return .null
        case .integer:
            let value: Int64 = try row.get(index)
            return kind == .flag ? .bool(value != 0) : .integer(value)
        case .real: return .double(try row.get(index))
        case .text:
            let text: String = try row.get(index)
            return kind == .json ? json(text) : .string(text)
        case .blob:
            let bytes: [UInt8] = try row.get(index)
            return .string(hex(bytes))
        }
    }

    /// A text that is an array or object is one; anything else (a control block that was no JSON) stays the text that it is.
    private static func json(_ text: String) -> JSONValue {
        if text == "{}" { return .object([:]) }
        guard text.hasPrefix("{") || text.hasPrefix("[") else { return .string(text) }
        do {
            return try JSONValue(parsing: text)
        } catch {
            return .string(text)  // no JSON: shown as the text that it is
        }
    }
}
