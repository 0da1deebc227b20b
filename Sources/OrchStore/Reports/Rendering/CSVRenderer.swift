package import OrchCore

/// Comma-separated values as in RFC 4180: a header line, CRLF, quotes where needed.
///
/// NULL is an empty field and an empty text is `""`. Values stand as they are, also those that a spreadsheet would take for a formula: the
/// file is data, not a sheet. On a terminal control characters are made visible, since nothing else would keep them from it.
package struct CSVRenderer: ReportRenderer {
    private let isTerminal: Bool

    /// A renderer; on a terminal it neutralises control characters.
    package init(isTerminal: Bool = false) {
        self.isTerminal = isTerminal
    }

    package mutating func begin(_ columns: [ReportColumn], into out: inout [UInt8]) {
        row(columns.map { .string($0.name) }, into: &out)
    }

    package mutating func row(_ values: [JSONValue], into out: inout [UInt8]) {
        for (index, value) in values.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            switch value {
            case .null: break
            case .string(let text): field(isTerminal ? SafeText.line(text) : text, into: &out)
            case .bool, .integer, .double, .array, .object:
                var json: [UInt8] = []
                JSONText.append(value, to: &json)
                field(String(decoding: json, as: UTF8.self), into: &out)
            }
        }
        out.append(contentsOf: "\r\n".utf8)
    }

    package mutating func end(into out: inout [UInt8]) {}

    private func field(_ text: String, into out: inout [UInt8]) {
        let utf8 = text.utf8
        let needsQuotes =
            utf8.isEmpty || utf8.first == 0x20 || utf8.last == 0x20
            || utf8.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 0x0A || $0 == 0x0D }
        guard needsQuotes else {
            out.append(contentsOf: utf8)
            return
        }
        out.append(UInt8(ascii: "\""))
        for byte in utf8 {
            if byte == UInt8(ascii: "\"") { out.append(byte) }
            out.append(byte)
        }
        out.append(UInt8(ascii: "\""))
    }
}
