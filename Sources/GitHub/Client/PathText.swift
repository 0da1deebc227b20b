/// Parts of URLs, escaped as RFC 3986 wants: GitHub says that path parameters must be encoded, slashes too.
///
/// Source: https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#404-not-found-for-an-existing-resource
enum PathText {
    /// A text as one part of a path or one value of a query.
    static func escaped(_ text: String) -> String {
        var out = ""
        for byte in text.utf8 {
            if isPlain(byte) {
                out.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                out += "%" + hex(byte >> 4) + hex(byte & 15)
            }
        }
        return out
    }

    /// A query with its question mark; values that are nil are left out, the order stays: a URL must not change while nothing does, since its
    /// validator belongs to it.
    static func query(_ items: [(String, String?)]) -> String {
        let pairs = items.compactMap { name, value in value.map { "\(name)=\(escaped($0))" } }
        return pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || "-._~".utf8.contains(byte)
    }

    private static func hex(_ value: UInt8) -> String { String(value, radix: 16, uppercase: true) }
}
