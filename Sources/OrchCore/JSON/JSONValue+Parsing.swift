extension JSONValue {
    /// The most levels of arrays and objects that a text may have.
    package static let depthLimit = 128

    /// Parses a JSON text.
    ///
    /// - Throws: `JSONParseError` as `init(parsing bytes:)` does.
    package init(parsing text: some StringProtocol) throws(JSONParseError) {
        try self.init(parsing: Array(text.utf8))
    }

    /// Parses JSON bytes, which must be UTF-8.
    ///
    /// - Throws: `JSONParseError` for anything that RFC 8259 does not allow, for numbers out of a double's range, and for more than 128
    ///   levels. A member that is named twice has its last value.
    package init(parsing bytes: [UInt8]) throws(JSONParseError) {
        self = try bytes.withUnsafeBufferPointer { (buffer) throws(JSONParseError) in
            try JSONValue(parsingBytes: UnsafeRawBufferPointer(buffer))
        }
    }

    /// Parses JSON bytes where they lie; nothing of them is kept.
    ///
    /// - Throws: `JSONParseError` as `init(parsing bytes:)` does.
    package init(parsingBytes bytes: UnsafeRawBufferPointer) throws(JSONParseError) {
        var parser = JSONParser(bytes: bytes)
        self = try parser.document()
    }

    /// Parses the one value that begins at `offset`, whatever follows it: for texts that hold several values.
    ///
    /// - Returns: the value, and the offset of the byte after it.
    /// - Throws: `JSONParseError`, its offset counted from the beginning of `bytes`.
    static func parsePrefix(of bytes: [UInt8], from offset: Int) throws(JSONParseError) -> (value: JSONValue, end: Int)
    {
        try bytes.withUnsafeBufferPointer { (buffer) throws(JSONParseError) in
            var parser = JSONParser(bytes: UnsafeRawBufferPointer(buffer), at: offset)
            return try parser.next()
        }
    }
}
