import OrchCore

/// One value as a person reads it: safe for a terminal, on one line.
struct TableCell: Sendable, Hashable {
    var text: String
    /// Numbers stand at the right.
    var isNumber: Bool

    init(_ value: JSONValue, _ kind: ReportColumn.Kind) {
        switch (value, kind) {
        case (.null, _): self.init(text: "-", isNumber: false)
        case (.integer(let ms), .duration): self.init(text: DurationText.format(ms), isNumber: true)
        case (.string(let text), .time): self.init(text: Self.time(text), isNumber: false)
        case (.string(let text), .digest): self.init(text: SafeText.line(String(text.prefix(12))), isNumber: false)
        case (.bool(let flag), _): self.init(text: flag ? "yes" : "no", isNumber: false)
        case (.integer(let number), _): self.init(text: String(number), isNumber: true)
        case (.double(let number), _): self.init(text: String(number), isNumber: true)
        case (.string(let text), _): self.init(text: SafeText.line(text), isNumber: false)
        case (.array(let elements), _): self.init(text: SafeText.line(Self.list(elements)), isNumber: false)
        case (.object, _): self.init(text: SafeText.line(value.canonicalText), isNumber: false)
        }
    }

    private init(text: String, isNumber: Bool) {
        self.text = text
        self.isNumber = isNumber
    }

    private static func list(_ elements: [JSONValue]) -> String {
        if elements.isEmpty { return "-" }
        return elements.map { $0.stringValue ?? $0.canonicalText }.joined(separator: ", ")
    }

    /// `2026-08-21T10:02:47.891Z` without what a person does not need.
    private static func time(_ text: String) -> String {
        guard text.utf8.count == 24, text.hasSuffix("Z") else { return SafeText.line(text) }
        return SafeText.line(text.prefix(10) + " " + text.dropFirst(11).prefix(8) + "Z")
    }
}
