/// Takes secrets out of text before it is stored, logged or shown (I10): by the values that are known, and by the shapes of tokens.
///
/// Each secret becomes `[redacted:NAME]`, with the variable's name or the kind of token. Applying it twice changes nothing more. A text is
/// gone through once; what is not ASCII is passed over.
package struct Redaction: Sendable {
    /// Values shorter than this are words, not secrets.
    package static let shortest = 8

    /// Known values with the names of their variables, longest first, by their first bytes.
    private let values: [UInt64: [(name: String, bytes: [UInt8])]]
    /// Whether a value begins with a byte: most bytes of a text begin none, and then nothing is looked up.
    private let begins: [Bool]

    /// Takes out the values of those variables whose names say that they are secret.
    ///
    /// - Parameter environment: the environment of a process; only its sensitive variables are kept.
    package init(environment: [String: String] = [:]) {
        var values: [UInt64: [(name: String, bytes: [UInt8])]] = [:]
        for (name, value) in environment where Self.isSensitive(name) {
            let bytes = Array(value.utf8)[...].trimmed
            guard bytes.count >= Self.shortest, !Self.isWord(bytes) else { continue }
            values[Self.key(bytes), default: []].append((name, Array(bytes)))
        }
        var begins = [Bool](repeating: false, count: 256)
        for key in values.keys { begins[Int(key >> 56)] = true }
        self.begins = begins
        self.values = values.mapValues { $0.sorted { ($1.bytes.count, $0.name) < ($0.bytes.count, $1.name) } }
    }

    /// Whether a value is a plain word, such as the `postgres` of a test database: taken out of every text, it would garble reports, and protect nothing.
    private static func isWord(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.count < 12 && bytes.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
    }

    /// Whether a variable's name says that its value is a secret.
    package static func isSensitive(_ name: String) -> Bool {
        let name = name.uppercased()
        let parts = [
            "TOKEN", "SECRET", "PASSWORD", "PASSWD", "PASSPHRASE", "CREDENTIAL", "PRIVATE_", "API_KEY", "APIKEY",
            "ACCESS_KEY",
        ]
        // Where something is kept is no secret.
        guard !["_FILE", "_DIR", "_PATH"].contains(where: name.hasSuffix) else { return false }
        return parts.contains { name.contains($0) } || name.hasSuffix("_KEY") || name.hasSuffix("_PAT")
            || name.hasSuffix("_AUTH")
    }

    /// The text without secrets.
    package func redact(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        var kept = 0  // where the part that is not copied yet begins
        var at = 0
        var window: UInt64 = 0  // the eight bytes from `at` on
        for byte in bytes.prefix(8) { window = window << 8 | UInt64(byte) }
        while at < bytes.count {
            if let found = value(in: bytes, at: at, window) ?? SecretShape.find(in: bytes, at: at, border: kept) {
                out += bytes[kept..<(at + found.prefix)]
                out += Array("[redacted:\(found.name)]".utf8)
                at += found.length
                kept = at
                window = 0
                for index in at..<min(at + 8, bytes.count) { window = window << 8 | UInt64(bytes[index]) }
                if bytes.count - at < 8 { window <<= UInt64(8 * (8 - (bytes.count - at))) }
                continue
            }
            window = window << 8 | (at + 8 < bytes.count ? UInt64(bytes[at + 8]) : 0)
            at += 1
        }
        guard kept > 0 else { return text }
        out += bytes[kept...]
        return String(decoding: out, as: UTF8.self)
    }

    private func value(in bytes: [UInt8], at: Int, _ window: UInt64) -> SecretShape.Found? {
        guard begins[Int(window >> 56)], let candidates = values[window] else { return nil }
        for candidate in candidates where bytes[at...].starts(with: candidate.bytes) {
            return SecretShape.Found(name: candidate.name, prefix: 0, length: candidate.bytes.count)
        }
        return nil
    }

    private static func key(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) } }
}
