import Logging
import OrchCore

extension Logger.MetadataValue {
    /// The value as JSON: numbers and booleans as such, the rest as text; without what `redaction` knows.
    func json(_ redaction: Redaction) -> JSONValue {
        switch self {
        case .string(let text): .string(redaction.redact(text))
        case .array(let values): .array(values.map { $0.json(redaction) })
        case .dictionary(let members): .object(members.mapValues { $0.json(redaction) })
        case .stringConvertible(let value): Self.json(value, redaction)
        }
    }

    /// A secret may be a number, too.
    private static func json(_ value: any CustomStringConvertible, _ redaction: Redaction) -> JSONValue {
        let text = value.description
        let safe = redaction.redact(text)
        guard safe == text else { return .string(safe) }
        return switch value {
        case let value as Bool: .bool(value)
        case let value as any BinaryInteger: Int64(exactly: value).map { .integer($0) } ?? .string(text)
        case let value as any BinaryFloatingPoint: .double(Double(value))
        default: .string(text)
        }
    }
}

extension JSONValue {
    /// As a value beside a log's message; nil for what has no place on one line: nothing, lists and objects.
    var metadataValue: Logger.MetadataValue? {
        switch self {
        case .string(let text): .string(text)
        case .bool(let value): .stringConvertible(value)
        case .integer(let value): .stringConvertible(value)
        case .double(let value): .stringConvertible(value)
        case .null, .array, .object: nil
        }
    }
}
