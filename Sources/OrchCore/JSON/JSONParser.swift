/// A strict recursive-descent parser over bytes, in one pass.
///
/// Foundation's costs several times as much for a stream of small messages.
///
/// It lives only inside the `withUnsafeBytes` of its caller. Each access is guarded by `at < end`.
struct JSONParser {
    let bytes: UnsafeRawBufferPointer
    var at: Int
    let end: Int

    init(bytes: UnsafeRawBufferPointer, at: Int = 0) {
        self.bytes = bytes
        self.at = at
        end = bytes.count
    }

    /// The one value that the whole text is.
    mutating func document() throws(JSONParseError) -> JSONValue {
        let value = try self.value(depth: 0)
        skipSpace()
        guard at == end else { throw error("something follows the JSON value") }
        return value
    }

    /// Parses one value and tells where it ended, for texts that hold several.
    mutating func next() throws(JSONParseError) -> (value: JSONValue, end: Int) {
        let value = try self.value(depth: 0)
        return (value, at)
    }

    func error(_ message: String) -> JSONParseError {
        JSONParseError(message: message, offset: at)
    }

    private mutating func skipSpace() {
        while at < end {
            switch bytes[at] {
            case 0x20, 0x09, 0x0A, 0x0D: at += 1
            default: return
            }
        }
    }

    private mutating func value(depth: Int) throws(JSONParseError) -> JSONValue {
        skipSpace()
        guard at < end else { throw error("the text ends where a value should be") }
        switch bytes[at] {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw error("no JSON value begins like this")
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONParseError) -> JSONValue {
        let length = word.utf8CodeUnitCount
        guard end - at >= length else { throw error("the text ends within a word") }
        for index in 0..<length where bytes[at + index] != word.utf8Start[index] { throw error("unknown word") }
        at += length
        return value
    }

    private mutating func object(depth: Int) throws(JSONParseError) -> JSONValue {
        guard depth < JSONValue.depthLimit else { throw error("more than \(JSONValue.depthLimit) levels") }
        at += 1
        skipSpace()
        if at < end, bytes[at] == UInt8(ascii: "}") {
            at += 1
            return .object([:])
        }
        var members = [String: JSONValue](minimumCapacity: 4)
        while true {
            skipSpace()
            guard at < end, bytes[at] == UInt8(ascii: "\"") else { throw error("a member's name should be here") }
            let key = try string()
            skipSpace()
            guard at < end, bytes[at] == UInt8(ascii: ":") else { throw error("a colon should be here") }
            at += 1
            members[key] = try value(depth: depth + 1)
            skipSpace()
            guard at < end else { throw error("the text ends within an object") }
            switch bytes[at] {
            case UInt8(ascii: ","): at += 1
            case UInt8(ascii: "}"):
                at += 1
                return .object(members)
            default: throw error("a comma or } should be here")
            }
        }
    }

    private mutating func array(depth: Int) throws(JSONParseError) -> JSONValue {
        guard depth < JSONValue.depthLimit else { throw error("more than \(JSONValue.depthLimit) levels") }
        at += 1
        skipSpace()
        if at < end, bytes[at] == UInt8(ascii: "]") {
            at += 1
            return .array([])
        }
        var elements: [JSONValue] = []
        while true {
            elements.append(try value(depth: depth + 1))
            skipSpace()
            guard at < end else { throw error("the text ends within an array") }
            switch bytes[at] {
            case UInt8(ascii: ","): at += 1
            case UInt8(ascii: "]"):
                at += 1
                return .array(elements)
            default: throw error("a comma or ] should be here")
            }
        }
    }
}
