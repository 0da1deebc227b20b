import OrchCore

/// Makes a stream of bytes fit for a terminal, chunk by chunk, without splitting a character.
struct TerminalText {
    /// Bytes of a character that the last chunk ended in.
    private var rest: [UInt8] = []

    /// The text of the next bytes, as far as they are complete.
    mutating func take(_ chunk: [UInt8]) -> String {
        let bytes = rest + chunk
        let incomplete = Self.incompleteTail(bytes)
        rest = Array(bytes.suffix(incomplete))
        return SafeText.block(SafeText.utf8(bytes.dropLast(incomplete)))
    }

    /// What is left at the end.
    mutating func end() -> String {
        defer { rest = [] }
        return SafeText.block(SafeText.utf8(rest))
    }

    /// How many bytes at the end begin a character that goes on (or a return whose line end may follow).
    private static func incompleteTail(_ bytes: [UInt8]) -> Int {
        if bytes.last == 0x0D { return 1 }
        for back in 1...3 where back <= bytes.count {
            let byte = bytes[bytes.count - back]
            if byte & 0xC0 == 0x80 { continue }
            let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
            return length > back ? back : 0
        }
        return 0
    }
}
