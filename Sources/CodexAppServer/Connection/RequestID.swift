package import OrchCore

/// The id of a request that the server made of us: a number with codex 0.163, by the protocol perhaps a string.
///
/// Counted from 0 per server process and the same on all connections: with the server's identity it names the request for good.
package enum RequestID: Sendable, Hashable {
    case number(Int64)
    case string(String)

    /// As JSON; nil when it is neither a number nor a string.
    package init?(_ json: JSONValue?) {
        switch json {
        case .integer(let value): self = .number(value)
        case .string(let value): self = .string(value)
        default: return nil
        }
    }

    /// From `text`, as it was stored.
    package init?(text: String) {
        guard let json = try? JSONValue(parsing: text) else { return nil }  // a text that is no JSON is no id either
        self.init(json)
    }

    /// As JSON.
    package var json: JSONValue {
        switch self {
        case .number(let value): .integer(value)
        case .string(let value): .string(value)
        }
    }

    /// The JSON text, for storing.
    package var text: String { json.canonicalText }
}
