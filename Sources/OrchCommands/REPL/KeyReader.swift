/// Makes keys of the bytes that a terminal sends, in whatever pieces they come.
///
/// Keys that mean nothing here are dropped, with the whole of their escape sequence.
struct KeyReader {
    /// Bytes of an escape sequence at most.
    static let limit = 32

    private var pending: [UInt8] = []

    /// The keys that are complete by now.
    mutating func keys(_ bytes: [UInt8]) -> [Key] {
        pending += bytes
        var keys: [Key] = []
        var rest = pending[...]
        while let (key, length) = Self.first(rest) {
            if let key { keys.append(key) }
            rest = rest.dropFirst(length)
        }
        pending = Array(rest)
        return keys
    }

    /// The first key, if it means anything, and how many bytes it takes; nil when more have to come.
    private static func first(_ bytes: ArraySlice<UInt8>) -> (key: Key?, length: Int)? {
        guard let byte = bytes.first else { return nil }
        if byte == 0x1B { return escape(bytes) }
        if byte < 0x20 || byte == 0x7F { return (control(byte), 1) }
        return scalar(bytes)
    }

    private static func control(_ byte: UInt8) -> Key? {
        switch byte {
        case 0x01: .home
        case 0x02: .left
        case 0x04: .endOfInput
        case 0x05: .end
        case 0x06: .right
        case 0x08, 0x7F: .backspace
        case 0x09: .scalar(" ")
        case 0x0A, 0x0D: .enter
        case 0x0B: .killToEnd
        case 0x0C: .clearScreen
        case 0x0E: .newer
        case 0x10: .older
        case 0x15: .killToStart
        case 0x17: .killWord
        default: nil
        }
    }

    /// `ESC [ parameters letter`, `ESC O letter`, or Alt and a key.
    private static func escape(_ bytes: ArraySlice<UInt8>) -> (Key?, Int)? {
        let rest = bytes.dropFirst()
        guard let second = rest.first else { return nil }
        switch second {
        case UInt8(ascii: "["):
            let parameters = rest.dropFirst().prefix { (0x20...0x3F).contains($0) }
            let length = 2 + parameters.count
            guard length <= limit else { return (nil, length) }
            guard let last = bytes.dropFirst(length).first else { return nil }
            return (sequence(last, String(decoding: parameters, as: UTF8.self)), length + 1)
        case UInt8(ascii: "O"):
            guard let last = rest.dropFirst().first else { return nil }
            return (sequence(last, ""), 3)
        case UInt8(ascii: "b"): return (.wordLeft, 2)
        case UInt8(ascii: "f"): return (.wordRight, 2)
        case 0x08, 0x7F: return (.killWord, 2)
        case 0x1B: return (nil, 1)
        default: return (nil, 2)
        }
    }

    private static func sequence(_ last: UInt8, _ parameters: String) -> Key? {
        let isByWords = parameters.hasSuffix(";5") || parameters.hasSuffix(";3")
        return switch (last, parameters) {
        case (UInt8(ascii: "A"), _): .older
        case (UInt8(ascii: "B"), _): .newer
        case (UInt8(ascii: "C"), _): isByWords ? .wordRight : .right
        case (UInt8(ascii: "D"), _): isByWords ? .wordLeft : .left
        case (UInt8(ascii: "H"), _), (UInt8(ascii: "~"), "1"), (UInt8(ascii: "~"), "7"): .home
        case (UInt8(ascii: "F"), _), (UInt8(ascii: "~"), "4"), (UInt8(ascii: "~"), "8"): .end
        case (UInt8(ascii: "~"), "3"): .delete
        default: nil
        }
    }

    /// One scalar of UTF-8; what is none is shown as the character for that.
    private static func scalar(_ bytes: ArraySlice<UInt8>) -> (Key?, Int)? {
        let length =
            switch bytes[bytes.startIndex] {
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 1
            }
        let followers = bytes.dropFirst().prefix(length - 1)
        let isBroken = followers.contains { $0 & 0xC0 != 0x80 }
        guard isBroken || followers.count == length - 1 else { return nil }
        guard !isBroken, let text = String(validating: bytes.prefix(length), as: UTF8.self),
            let scalar = text.unicodeScalars.first
        else { return (.scalar("\u{FFFD}"), 1) }
        return (.scalar(scalar), length)
    }
}
