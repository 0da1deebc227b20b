import OrchCore

/// Values as people read them.
enum Words {
    /// A value in a line of text: nothing for null, lists joined by commas.
    static func plain(_ value: JSONValue) -> String {
        switch value {
        case .null: ""
        case .bool(let flag): flag ? "yes" : "no"
        case .string(let text): text
        case .array(let elements): elements.map(plain).joined(separator: ", ")
        case .integer, .double, .object: value.canonicalText
        }
    }

    /// A size: `812 B`, `3.4 KiB`, `1.0 MiB`.
    static func size(_ bytes: Int64) -> String {
        guard bytes >= 1_024 else { return "\(bytes) B" }
        var amount = Double(bytes)
        var unit = "B"
        for name in ["KiB", "MiB", "GiB", "TiB"] where amount >= 1_024 {
            amount /= 1_024
            unit = name
        }
        let tenths = Int((amount * 10).rounded())
        return "\(tenths / 10).\(tenths % 10) \(unit)"
    }
}
