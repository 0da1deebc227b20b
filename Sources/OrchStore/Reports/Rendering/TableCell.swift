import OrchCore

/// One value as a person reads it: safe for a terminal, on one line.
struct TableCell: Sendable, Hashable {
    var text: String
    /// Cells of a terminal that it takes.
    var width: Int
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
        width = DisplayWidth.of(text)
        self.isNumber = isNumber
    }

    private static func list(_ elements: [JSONValue]) -> String {
        if elements.isEmpty { return "-" }
        return elements.map { $0.stringValue ?? $0.canonicalText }.joined(separator: ", ")
    }

    /// `2026-08-21T10:02:47.891Z` without what a person does not need.
    ///
    /// By bytes: nearly every report has a time in each row.
    private static func time(_ text: String) -> String {
        let short = text.utf8.withContiguousStorageIfAvailable { bytes -> String? in
            let last = UInt8(ascii: "Z")
            guard bytes.count == 24, bytes[23] == last, bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
            return String(unsafeUninitializedCapacity: 20) { out in
                for index in 0..<19 { out[index] = bytes[index] }
                out[10] = UInt8(ascii: " ")
                out[19] = last
                return 20
            }
        }
        return SafeText.line(short.flatMap(\.self) ?? text)
    }
}
