/// One line of a text as bytes, without its end.
///
/// The readers of Markdown here work on bytes: a text may be ten megabytes of anything, and a byte is looked at a bounded number of times.
/// Cutting beside an ASCII byte never cuts a character.
package struct TextLine {
    /// The bytes, without `\n` and without a `\r` before it.
    let bytes: ArraySlice<UInt8>

    /// The lines of a text; a last line without an end counts.
    static func all(of text: String) -> [TextLine] {
        let bytes = Array(text.utf8)
        var lines: [TextLine] = []
        var start = 0
        for index in bytes.indices where bytes[index] == UInt8(ascii: "\n") {
            lines.append(TextLine(raw: bytes[start..<index]))
            start = index + 1
        }
        if start < bytes.count { lines.append(TextLine(raw: bytes[start...])) }
        return lines
    }

    /// A line of these bytes.
    init(bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    private init(raw: ArraySlice<UInt8>) {
        bytes = raw.last == UInt8(ascii: "\r") ? raw.dropLast() : raw
    }

    /// The text.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The text without spaces at its ends.
    package var trimmedText: String { String(decoding: trimmed, as: UTF8.self) }

    /// The bytes without spaces and tabs at their ends.
    var trimmed: ArraySlice<UInt8> { bytes.trimmed }

    /// How many columns the line is indented; a tab counts as four.
    package var indent: Int {
        var columns = 0
        for byte in bytes {
            switch byte {
            case UInt8(ascii: " "): columns += 1
            case UInt8(ascii: "\t"): columns += 4
            default: return columns
            }
        }
        return columns
    }

    /// Whether nothing but spaces is in it.
    var isBlank: Bool { bytes.allSatisfy(\.isSpace) }
}

extension UInt8 {
    /// Whether it is a space, a tab or a carriage return.
    var isSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0D }
    /// Whether it is an ASCII digit.
    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
    /// Whether it is an ASCII letter.
    var isLetter: Bool { lowercased >= UInt8(ascii: "a") && lowercased <= UInt8(ascii: "z") }
    /// The lower-case letter, if it is an ASCII letter.
    var lowercased: UInt8 { self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") ? self | 0x20 : self }
}

extension ArraySlice<UInt8> {
    /// Without spaces and tabs at the ends.
    var trimmed: ArraySlice<UInt8> {
        var slice = self
        while let first = slice.first, first.isSpace { slice.removeFirst() }
        while let last = slice.last, last.isSpace { slice.removeLast() }
        return slice
    }

    /// Whether it begins with an ASCII text, whatever the case.
    func begins(with word: StaticString) -> Bool {
        let length = word.utf8CodeUnitCount
        guard count >= length else { return false }
        for index in 0..<length where self[startIndex + index].lowercased != word.utf8Start[index].lowercased {
            return false
        }
        return true
    }
}
