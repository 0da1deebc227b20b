extension Redaction {
    /// The value without secrets: its texts are gone through, each for itself, so that it stays what it is.
    package func redact(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): .string(redact(text))
        case .array(let elements): .array(elements.map(redact))
        case .object(let members): .object(members.mapValues(redact))
        case .null, .bool, .integer, .double: value
        }
    }
}
