package import OrchCore

/// Writes JSON that may be shown on a terminal as it is.
///
/// The text of a string is valid JSON as RFC 8259 wants it; beyond that, characters that would act on a terminal or hide text (C1
/// controls, bidirectional and zero-width ones) are written as escapes, which changes no value.
package enum JSONText {
    /// A value on one line.
    package static func line(_ value: JSONValue) -> String {
        var bytes: [UInt8] = []
        append(value, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    static func append(_ value: JSONValue, to out: inout [UInt8]) {
        switch value {
        case .null: out.append(contentsOf: "null".utf8)
        case .bool(let value): out.append(contentsOf: (value ? "true" : "false").utf8)
        case .integer(let value): out.append(contentsOf: String(value).utf8)
        case .string(let text): append(text, to: &out)
        case .double, .array, .object: appendEscaped(value.canonicalText, to: &out)
        }
    }

    static func append(_ text: String, to out: inout [UInt8]) {
        // Most texts need no escape at all, and then copying is all there is to do.
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
            out.append(UInt8(ascii: "\""))
            out.append(contentsOf: text.utf8)
            out.append(UInt8(ascii: "\""))
        } else {
            appendEscaped(JSONValue.string(text).canonicalText, to: &out)
        }
    }

    /// In JSON such characters can only stand in strings, where an escape means the same.
    private static func appendEscaped(_ json: String, to out: inout [UInt8]) {
        guard json.utf8.contains(where: { $0 >= 0x7F }) else {
            out.append(contentsOf: json.utf8)
            return
        }
        for scalar in json.unicodeScalars {
            if acts(scalar) {
                let digits = String(scalar.value, radix: 16)
                out.append(contentsOf: "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8)
            } else {
                out.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
    }

    private static func acts(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x7F...0x9F, 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF: true
        default: false
        }
    }
}
