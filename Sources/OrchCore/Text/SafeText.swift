/// Text of unknown origin made fit for a terminal: nothing in it can move the cursor, change colours, or hide or turn other text.
///
/// Control characters and escape sequences are shown (`␛[31m`), characters that are invisible or change the direction of text as
/// `\u{202E}`. What is left is printable. Applying it twice changes nothing more.
package enum SafeText {
    /// One line: line ends and tabs become spaces.
    package static func line(_ text: String) -> String { clean(text, keepsLines: false) }

    /// Several lines: `\n` and `\t` stay, `\r\n` becomes `\n`.
    package static func block(_ text: String) -> String { clean(text, keepsLines: true) }

    /// Bytes as text, what is no UTF-8 replaced by U+FFFD.
    package static func utf8(_ bytes: some Collection<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    private static func clean(_ text: String, keepsLines: Bool) -> String {
        if isPlain(text, keepsLines: keepsLines) { return text }
        var out = String.UnicodeScalarView()
        out.reserveCapacity(text.utf8.count + 16)
        var previous: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0A where previous == "\r": break  // the return has become the line end
            case 0x09, 0x0A: out.append(keepsLines ? scalar : " ")
            case 0x0D: out.append(keepsLines ? "\n" : " ")
            case 0x00...0x1F: append(0x2400 + scalar.value, to: &out)
            case 0x7F: out.append("␡")
            case 0x200D where isEmoji(previous): out.append(scalar)  // joins pictures to one, as in 👩‍💻
            default:
                if isHidden(scalar) {
                    out.append(contentsOf: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars)
                } else {
                    out.append(scalar)
                }
            }
            previous = scalar
        }
        return String(out)
    }

    /// Whether all of it can stand as it is: nearly every text, so this looks at bare bytes.
    private static func isPlain(_ text: String, keepsLines: Bool) -> Bool {
        func check(_ bytes: some Sequence<UInt8>) -> Bool {
            bytes.allSatisfy { (0x20...0x7E).contains($0) || (keepsLines && ($0 == 0x0A || $0 == 0x09)) }
        }
        return text.utf8.withContiguousStorageIfAvailable(check) ?? check(text.utf8)
    }

    private static func append(_ value: UInt32, to out: inout String.UnicodeScalarView) {
        if let scalar = Unicode.Scalar(value) { out.append(scalar) }
    }

    private static func isEmoji(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value == 0xFE0F
            || (scalar.value > 0x2000 && (scalar.properties.isEmoji || scalar.properties.isEmojiModifier))
    }

    /// Characters that show nothing, or change how others are shown.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case ..<0x80: false
        case 0x80...0x9F,  // C1 controls: 0x9B begins an escape sequence
            0xAD, 0x034F, 0x061C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F,  // soft hyphen, joiners, fillers
            0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F,  // zero width, line separators, direction
            0x3164, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB, 0xE0000...0xE0FFF:  // fillers, marks, tags
            true
        default: false
        }
    }
}
