/// What a value can be sent through.
enum TemplateFilter: String, Sendable, CaseIterable {
    case append, capitalize, `default`, downcase, first, join, json, last, prepend, replace, size, strip, truncate,
        upcase

    /// How many arguments it takes.
    var arguments: ClosedRange<Int> {
        switch self {
        case .capitalize, .downcase, .first, .json, .last, .size, .strip, .upcase: 0...0
        case .append, .default, .prepend, .truncate: 1...1
        case .join: 0...1
        case .replace: 2...2
        }
    }

    /// How it is written.
    var example: String {
        switch self {
        case .append: "| append: \".\""
        case .default: "| default: \"none\""
        case .join: "| join: \", \""
        case .prepend: "| prepend: \"#\""
        case .replace: "| replace: \"a\", \"b\""
        case .truncate: "| truncate: 100"
        default: "| \(rawValue)"
        }
    }

    /// What becomes of a value; nil when it has not the type that the filter works on.
    func apply(_ value: JSONValue, _ arguments: [JSONValue]) -> JSONValue? {
        switch self {
        case .append: .string(Self.text(value) + Self.text(arguments[0]))
        case .prepend: .string(Self.text(arguments[0]) + Self.text(value))
        case .capitalize:
            .string(
                Self.text(value).unicodeScalars.prefix(1).map { $0.properties.uppercaseMapping }.joined()
                    + Self.text(value).dropFirst()
            )
        case .downcase: .string(Self.text(value).lowercased())
        case .upcase: .string(Self.text(value).uppercased())
        case .default: Self.holds(value) ? value : arguments[0]
        case .first: Self.elements(value).map { $0.first ?? .null }
        case .last: Self.elements(value).map { $0.last ?? .null }
        case .join:
            Self.elements(value).map {
                .string($0.map(Self.text).joined(separator: arguments.first.map(Self.text) ?? " "))
            }
        case .json: .string(value.canonicalText)
        case .replace: Self.replace(Self.text(value), Self.text(arguments[0]), Self.text(arguments[1]))
        case .size: Self.size(value)
        case .strip: .string(Self.stripped(Self.text(value)))
        case .truncate:
            arguments[0].intValue.flatMap {
                $0 > 0 ? .string(Clip.characters(Self.text(value), Int(min($0, 1 << 30)))) : nil
            }
        }
    }

    /// A value as it is written into the text.
    static func text(_ value: JSONValue) -> String {
        switch value {
        case .null: ""
        case .string(let text): text
        case .bool, .integer, .double, .array, .object: value.canonicalText
        }
    }

    /// Whether a value counts as true.
    static func holds(_ value: JSONValue) -> Bool {
        switch value {
        case .null, .bool(false), .string(""): false
        case .array(let elements): !elements.isEmpty
        default: true
        }
    }

    private static func elements(_ value: JSONValue) -> [JSONValue]? {
        value.isNull ? [] : value.arrayValue
    }

    private static func size(_ value: JSONValue) -> JSONValue? {
        switch value {
        case .null: 0
        case .string(let text): .integer(Int64(text.unicodeScalars.count))
        case .array(let elements): .integer(Int64(elements.count))
        case .object(let members): .integer(Int64(members.count))
        case .bool, .integer, .double: nil
        }
    }

    private static func stripped(_ text: String) -> String {
        var slice = Array(text.utf8)[...]
        while let first = slice.first, first.isSpace || first == 0x0A { slice.removeFirst() }
        while let last = slice.last, last.isSpace || last == 0x0A { slice.removeLast() }
        return String(decoding: slice, as: UTF8.self)
    }

    private static func replace(_ text: String, _ old: String, _ new: String) -> JSONValue? {
        guard !old.isEmpty else { return nil }
        return .string(text.split(separator: old, omittingEmptySubsequences: false).joined(separator: new))
    }
}
