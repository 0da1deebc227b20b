extension JSONParser {
    /// A number: an integer where it is written as one and fits, else a double.
    mutating func number() throws(JSONParseError) -> JSONValue {
        let start = at
        let isNegative = bytes[at] == UInt8(ascii: "-")
        if isNegative { at += 1 }
        guard at < end, isDigit(bytes[at]) else { throw error("a digit should be here") }
        let first = at
        if bytes[at] == UInt8(ascii: "0") { at += 1 } else { skipDigits() }
        if at < end, isDigit(bytes[at]) { throw error("a number begins with 0") }
        let isInteger = try !skipFractionAndExponent()
        if isInteger, at - first <= 18 {  // 18 digits always fit
            var value: Int64 = 0
            for index in first..<at { value = value &* 10 &+ Int64(bytes[index] &- UInt8(ascii: "0")) }
            return .integer(isNegative ? -value : value)
        }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        if isInteger, let value = Int64(text) { return .integer(value) }
        guard let value = Double(text), value.isFinite else { throw error("a number out of range ends") }
        return .double(value)
    }

    private mutating func skipFractionAndExponent() throws(JSONParseError) -> Bool {
        var found = false
        if at < end, bytes[at] == UInt8(ascii: ".") {
            found = true
            at += 1
            guard at < end, isDigit(bytes[at]) else { throw error("a digit should follow the point") }
            skipDigits()
        }
        if at < end, bytes[at] | 0x20 == UInt8(ascii: "e") {
            found = true
            at += 1
            if at < end, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at += 1 }
            guard at < end, isDigit(bytes[at]) else { throw error("a digit should be in the exponent") }
            skipDigits()
        }
        return found
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    private mutating func skipDigits() {
        while at < end, isDigit(bytes[at]) { at += 1 }
    }
}
