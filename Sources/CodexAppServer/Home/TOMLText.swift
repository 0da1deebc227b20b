import OrchCore

/// Writes settings as TOML, the same text for the same settings.
enum TOMLText {
    /// The text of a table: plain members first, then one header per table, all sorted.
    static func render(_ table: [String: JSONValue]) -> String {
        var out = ""
        write(table, path: [], to: &out)
        return out
    }

    private static func write(_ table: [String: JSONValue], path: [String], to out: inout String) {
        let members = table.sorted { $0.key < $1.key }
        let plain = members.filter { $0.value.objectValue == nil && !$0.value.isNull }
        if !path.isEmpty, !plain.isEmpty || members.isEmpty {
            out += (out.isEmpty ? "" : "\n") + "[\(path.map(key).joined(separator: "."))]\n"
        }
        for (name, value) in plain { out += "\(key(name)) = \(inline(value))\n" }
        for (name, value) in members {
            if let table = value.objectValue { write(table, path: path + [name], to: &out) }
        }
    }

    private static func inline(_ value: JSONValue) -> String {
        switch value {
        case .null: "\"\""  // TOML has no null, and members that are null are left out
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .double(let value): String(value)
        case .string(let value): string(value)
        case .array(let elements): "[\(elements.map(inline).joined(separator: ", "))]"
        case .object(let members):
            "{ \(members.sorted { $0.key < $1.key }.map { "\(key($0.key)) = \(inline($0.value))" }.joined(separator: ", ")) }"
        }
    }

    private static func key(_ name: String) -> String {
        let isBare =
            !name.isEmpty
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
        return isBare ? name : string(name)
    }

    /// A JSON string is a TOML basic string: JSONValue escapes what TOML wants escaped, and nothing else.
    private static func string(_ text: String) -> String { JSONValue.string(text).canonicalText }
}
