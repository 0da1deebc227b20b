/// The shapes of well-known secrets.
enum SecretShape {
    /// A secret found in a text.
    struct Found {
        /// What it is.
        var name: String
        /// How many bytes at its beginning stay (`Bearer `).
        var prefix: Int
        /// How many bytes it has in all, those that stay included.
        var length: Int
    }

    /// A token: a beginning that only it has, then so many of certain characters.
    private struct Shape {
        var name: String
        var begin: [UInt8]
        var least: Int
        var isBody: @Sendable (UInt8) -> Bool

        init(
            _ name: String,
            _ begin: String,
            _ least: Int,
            _ isBody: @escaping @Sendable (UInt8) -> Bool = SecretShape.isWord
        ) {
            self.name = name
            self.begin = Array(begin.utf8)
            self.least = least
            self.isBody = isBody
        }
    }

    private static let shapes: [UInt8: [Shape]] = Dictionary(
        grouping: [
            Shape("github-token", "ghp_", 20), Shape("github-token", "gho_", 20), Shape("github-token", "ghu_", 20),
            Shape("github-token", "ghs_", 20), Shape("github-token", "ghr_", 20),
            Shape("github-token", "github_pat_", 20),
            Shape("gitlab-token", "glpat-", 16, isDashed), Shape("slack-token", "xoxb-", 16, isDashed),
            Shape("slack-token", "xoxp-", 16, isDashed), Shape("slack-token", "xoxa-", 16, isDashed),
            Shape("slack-token", "xapp-", 16, isDashed), Shape("api-key", "sk-", 20, isDashed),
            Shape("api-key", "sk_live_", 16),
            Shape("google-key", "AIza", 35, isDashed), Shape("npm-token", "npm_", 30),
            Shape("pypi-token", "pypi-AgEI", 40, isDashed),
            Shape("huggingface-token", "hf_", 30),
        ],
        by: { $0.begin[0] }
    )

    /// Whether a secret may begin with a byte.
    private static let beginnings: [Bool] = (0..<256).map { "gxsAnphe-bB:".utf8.contains(UInt8($0)) }

    /// The secret that begins at a place, if one does.
    ///
    /// - Parameters:
    ///   - bytes: the text.
    ///   - at: the place.
    ///   - border: where the last secret ended: behind it a token may begin without a gap.
    /// - Returns: what it is, and how long.
    static func find(in bytes: [UInt8], at: Int, border: Int) -> Found? {
        let first = bytes[at]
        // Most bytes begin nothing: one look decides.
        guard beginnings[Int(first)] else { return nil }
        if first == UInt8(ascii: ":") { return urlPassword(in: bytes, at: at) }
        if at > border, isDashed(bytes[at - 1]) { return nil }
        if first == UInt8(ascii: "-") { return privateKey(in: bytes, at: at) }
        for shape in shapes[first] ?? [] where bytes[at...].starts(with: shape.begin) {
            let body = run(in: bytes, from: at + shape.begin.count, shape.isBody)
            let hasDigit = bytes[(at + shape.begin.count)..<(at + shape.begin.count + body)].contains(where: \.isDigit)
            if body >= shape.least, hasDigit {
                return Found(name: shape.name, prefix: 0, length: shape.begin.count + body)
            }
        }
        if first == UInt8(ascii: "A") { return awsKey(in: bytes, at: at) }
        if first == UInt8(ascii: "e") { return webToken(in: bytes, at: at) }
        if first.lowercased == UInt8(ascii: "b") { return bearer(in: bytes, at: at) }
        return nil
    }

    /// `AKIA…` and `ASIA…`: 16 more capitals and digits, and no more.
    private static func awsKey(in bytes: [UInt8], at: Int) -> Found? {
        let slice = bytes[at...]
        guard slice.starts(with: "AKIA".utf8) || slice.starts(with: "ASIA".utf8) else { return nil }
        let length = run(in: bytes, from: at, isWord)
        guard length == 20, slice.prefix(20).allSatisfy({ $0.isDigit || $0.isLetter && $0.lowercased != $0 }) else {
            return nil
        }
        return Found(name: "aws-key", prefix: 0, length: 20)
    }

    /// A JSON web token: three parts, the first of which is the Base64 of `{"`.
    private static func webToken(in bytes: [UInt8], at: Int) -> Found? {
        guard bytes[at...].starts(with: "eyJ".utf8) else { return nil }
        var end = at
        for part in 0..<3 {
            let length = run(in: bytes, from: end, isDashed)
            guard length >= 8 else { return nil }
            end += length
            if part < 2 {
                guard end < bytes.count, bytes[end] == UInt8(ascii: ".") else { return nil }
                end += 1
            }
        }
        return Found(name: "web-token", prefix: 0, length: end - at)
    }

    /// `Bearer …` and `Basic …` in a header.
    private static func bearer(in bytes: [UInt8], at: Int) -> Found? {
        let slice = bytes[at...]
        let prefix = slice.begins(with: "bearer ") ? 7 : slice.begins(with: "basic ") ? 6 : 0
        guard prefix > 0 else { return nil }
        let body = run(in: bytes, from: at + prefix) { isDashed($0) || "./+=~".utf8.contains($0) }
        guard body >= 16, bytes[(at + prefix)..<(at + prefix + body)].contains(where: \.isDigit) else { return nil }
        return Found(name: "authorization", prefix: prefix, length: prefix + body)
    }

    /// `://user:password@`: the user and the password go.
    private static func urlPassword(in bytes: [UInt8], at: Int) -> Found? {
        guard bytes[at...].starts(with: "://".utf8) else { return nil }
        let body = run(in: bytes, from: at + 3, limit: 512) {
            $0 > 0x20 && $0 != 0x7F && !"/@\"'<>?#".utf8.contains($0)
        }
        let end = at + 3 + body
        guard end < bytes.count, bytes[end] == UInt8(ascii: "@"), bytes[(at + 3)..<end].contains(UInt8(ascii: ":"))
        else { return nil }
        let secret = bytes[(at + 3)..<end]
        guard !secret.starts(with: "[redacted:".utf8) else { return nil }
        return Found(name: "url-login", prefix: 3, length: 3 + body)
    }

    /// A private key in PEM, to its end line or, where that is missing, for as long as it looks like one.
    private static func privateKey(in bytes: [UInt8], at: Int) -> Found? {
        guard bytes[at...].starts(with: "-----BEGIN ".utf8) else { return nil }
        let title = run(in: bytes, from: at + 11, limit: 40) { $0 == 0x20 || $0.isLetter }
        let head = at + 11 + title
        guard String(decoding: bytes[(at + 11)..<head], as: UTF8.self).hasSuffix("PRIVATE KEY"),
            bytes[head...].starts(with: "-----".utf8)
        else { return nil }
        var end = head + 5
        end += run(in: bytes, from: end) { $0 != UInt8(ascii: "-") && $0 >= 0x09 && $0 < 0x7F }
        if bytes[end...].starts(with: "-----END ".utf8) {
            end += run(in: bytes, from: end) { $0 == UInt8(ascii: "-") || $0 == 0x20 || $0.isLetter }
        }
        return Found(name: "private-key", prefix: 0, length: end - at)
    }

    private static func run(in bytes: [UInt8], from start: Int, limit: Int = .max, _ isBody: (UInt8) -> Bool) -> Int {
        var at = start
        while at < bytes.count, at - start < limit, isBody(bytes[at]) { at += 1 }
        return at - start
    }

    private static func isWord(_ byte: UInt8) -> Bool { byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_") }
    private static func isDashed(_ byte: UInt8) -> Bool { isWord(byte) || byte == UInt8(ascii: "-") }
}
