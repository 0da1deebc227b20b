import Glibc

/// Chance, and this process.
enum HubIdentifiers {
    /// This process.
    static var pid: Int32 { getpid() }

    /// A new id: 128 random bits in hexadecimal, in the form of a UUID.
    static func turn() -> String {
        var generator = SystemRandomNumberGenerator()
        let digits = [generator.next(), generator.next()].map { (number: UInt64) in
            let text = String(number, radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }.joined()
        var parts: [Substring] = []
        var rest = digits[...]
        for length in [8, 4, 4, 4, 12] {
            parts.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return parts.joined(separator: "-")
    }

    /// A number in 0..<1.
    static func unitRandom() -> Double { Double.random(in: 0..<1) }
}
