import OrchCore

/// An instant by GitHub's clock, to the second.
package struct GHTime: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Milliseconds since 1970, UTC.
    package let ms: Int64

    /// An instant.
    package init(ms: Int64) {
        self.ms = ms
    }

    /// Reads `2026-11-24T13:10:00Z`, also with fractions of a second, which are cut, or an offset.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.count <= 40 else { return nil }
        func number(_ from: Int, _ count: Int) -> Int64? {
            let digits = bytes[from..<(from + count)]
            guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
        }
        let marks = [(4, "-"), (7, "-"), (10, "T"), (13, ":"), (16, ":")]
        guard marks.allSatisfy({ bytes[$0.0] == $0.1.utf8.first }), let year = number(0, 4), let month = number(5, 2),
            let day = number(8, 2), let hour = number(11, 2), let minute = number(14, 2), let second = number(17, 2),
            let local = CivilTime.ms(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        else { return nil }
        var rest = bytes[19...]
        if rest.first == UInt8(ascii: ".") { rest = rest.dropFirst().drop { (0x30...0x39).contains($0) } }
        guard let offset = Self.offsetMs(rest) else { return nil }
        ms = local - offset
    }

    /// As GitHub writes it.
    package var text: String { Timestamp.utc(ms) }
    /// As GitHub writes it.
    package var description: String { text }
    /// The earlier one is less.
    package static func < (left: GHTime, right: GHTime) -> Bool { left.ms < right.ms }

    /// `Z`, `+02:00` or `-0700`.
    private static func offsetMs(_ bytes: ArraySlice<UInt8>) -> Int64? {
        guard let first = bytes.first else { return nil }
        if first == UInt8(ascii: "Z") { return bytes.count == 1 ? 0 : nil }
        guard first == UInt8(ascii: "+") || first == UInt8(ascii: "-") else { return nil }
        let digits = bytes.dropFirst().filter { $0 != UInt8(ascii: ":") }
        guard digits.count == 4, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let values = digits.map { Int64($0 - 0x30) }
        let minutes = (values[0] * 10 + values[1]) * 60 + values[2] * 10 + values[3]
        return (first == UInt8(ascii: "-") ? -minutes : minutes) * 60_000
    }
}
