/// How many cells of a terminal a text takes.
///
/// A character is as wide as its widest scalar: 2 for East Asian wide and full-width ones and for emoji, else 1. Terminals differ about
/// joined emoji; this counts what most of them show. Control characters must be gone before (`SafeText.line`).
package enum DisplayWidth {
    /// The width of a text.
    package static func of(_ text: String) -> Int {
        if isASCII(text) { return text.utf8.count }
        return text.reduce(0) { $0 + of($1) }
    }

    private static func isASCII(_ text: String) -> Bool {
        func check(_ bytes: some Sequence<UInt8>) -> Bool { bytes.allSatisfy { $0 < 0x80 } }
        return text.utf8.withContiguousStorageIfAvailable(check) ?? check(text.utf8)
    }

    /// The text cut to at most `width` cells, with `…` as the last one if something is missing.
    package static func fit(_ text: String, _ width: Int) -> String {
        guard width > 0 else { return "" }
        guard of(text) > width else { return text }
        var used = 1  // the ellipsis
        var end = text.startIndex
        for index in text.indices {
            used += of(text[index])
            guard used <= width else { break }
            end = text.index(after: index)
        }
        return text[..<end] + "…"
    }

    /// The text in lines of at most `width` cells, broken at spaces where there are some; the last of `most` lines is cut.
    package static func wrap(_ text: String, _ width: Int, most: Int) -> [String] {
        guard width > 1, most > 0 else { return [fit(text, width)] }
        var lines: [String] = []
        var rest = text[...]
        while of(String(rest)) > width, lines.count < most - 1 {
            let end = lineEnd(rest, width)
            lines.append(String(rest[..<end]))
            rest = rest[end...].drop { $0 == " " }
        }
        return lines + [fit(String(rest), width)]
    }

    /// Where the first line of a text that is too long ends.
    private static func lineEnd(_ text: Substring, _ width: Int) -> String.Index {
        var used = 0
        var space: String.Index?
        for index in text.indices {
            if text[index] == " ", index > text.startIndex { space = index }
            used += of(text[index])
            guard used <= width else { return space ?? max(index, text.index(after: text.startIndex)) }
        }
        return text.endIndex
    }

    private static func of(_ character: Character) -> Int {
        var width = 0
        for scalar in character.unicodeScalars {
            if scalar.value == 0xFE0F { return 2 }  // asks for the emoji form of what stands before
            width = max(width, of(scalar))
        }
        return width
    }

    private static func of(_ scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        if scalar.properties.isEmojiPresentation { return 2 }
        return isWide(scalar.value) ? 2 : 1
    }

    /// East_Asian_Width W and F, in the blocks that matter: <https://www.unicode.org/reports/tr11/>.
    private static func isWide(_ value: UInt32) -> Bool {
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xA960...0xA97F,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x17000...0x18DFF,
            0x1B000...0x1B2FF,
            0x1F200...0x1F2FF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
