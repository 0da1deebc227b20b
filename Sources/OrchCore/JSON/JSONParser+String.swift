extension JSONParser {
    /// A string, `at` on its opening quote.
    mutating func string() throws(JSONParseError) -> String {
        at += 1
        let start = at
        var bits: UInt8 = 0
        while at < end {  // the common case: nothing escaped
            let byte = bytes[at]
            if byte == UInt8(ascii: "\"") {
                let text = try decoded(UnsafeRawBufferPointer(rebasing: bytes[start..<at]), isASCII: bits < 0x80)
                at += 1
                return text
            }
            if byte == UInt8(ascii: "\\") { break }
            guard byte >= 0x20 else { throw error("a raw control character in a string") }
            bits |= byte
            at += 1
        }
        return try escapedString(from: start)
    }

    /// Bytes as a text, valid or refused.
    ///
    /// The general validation costs several times as much as decoding, which would repair what is not valid: ASCII always is.
    private func decoded(_ bytes: UnsafeRawBufferPointer, isASCII: Bool) throws(JSONParseError) -> String {
        if isASCII { return String(decoding: bytes, as: UTF8.self) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw error("invalid UTF-8 in the string that ends")
        }
        return text
    }

    private mutating func escapedString(from start: Int) throws(JSONParseError) -> String {
        var out: [UInt8] = []
        var plain = start  // where the run of bytes that is copied as it is began
        while at < end {
            let byte = bytes[at]
            switch byte {
            case UInt8(ascii: "\""):
                out.append(contentsOf: bytes[plain..<at])
                let isASCII = out.allSatisfy { $0 < 0x80 }
                let text = try out.withUnsafeBufferPointer { (out) throws(JSONParseError) -> String in
                    try decoded(UnsafeRawBufferPointer(out), isASCII: isASCII)
                }
                at += 1
                return text
            case UInt8(ascii: "\\"):
                out.append(contentsOf: bytes[plain..<at])
                at += 1
                try escape(into: &out)
                plain = at
            case 0..<0x20: throw error("a raw control character in a string")
            default: at += 1
            }
        }
        throw error("the text ends within a string")
    }

    private mutating func escape(into out: inout [UInt8]) throws(JSONParseError) {
        guard at < end else { throw error("the text ends within an escape") }
        let byte = bytes[at]
        at += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
        case UInt8(ascii: "b"): out.append(0x08)
        case UInt8(ascii: "f"): out.append(0x0C)
        case UInt8(ascii: "n"): out.append(0x0A)
        case UInt8(ascii: "r"): out.append(0x0D)
        case UInt8(ascii: "t"): out.append(0x09)
        case UInt8(ascii: "u"): out.append(contentsOf: UTF8.encode(try unicode()) ?? UTF8.encodedReplacementCharacter)
        default: throw error("unknown escape")
        }
    }

    private mutating func unicode() throws(JSONParseError) -> Unicode.Scalar {
        let high = try hex4()
        if let scalar = Unicode.Scalar(high) { return scalar }
        // A surrogate: with its partner one character; alone, U+FFFD, as JavaScript shows it, since a string can't hold it.
        guard high < 0xDC00, end - at >= 6, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u") else {
            return "\u{FFFD}"
        }
        let mark = at
        at += 2
        let low = try hex4()
        guard (0xDC00...0xDFFF).contains(low) else {
            at = mark
            return "\u{FFFD}"
        }
        return Unicode.Scalar(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)) ?? "\u{FFFD}"
    }

    private mutating func hex4() throws(JSONParseError) -> UInt32 {
        guard end - at >= 4 else { throw error("the text ends within an escape") }
        var value: UInt32 = 0
        for _ in 0..<4 {
            let byte = bytes[at]
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: throw error("not a hexadecimal digit")
            }
            value = value << 4 | UInt32(digit)
            at += 1
        }
        return value
    }
}
