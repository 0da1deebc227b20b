/// Percent-encoding of URLs (RFC 3986).
enum Percent {
    /// Decodes; what is no valid encoding stays as it is.
    static func decode(_ text: some StringProtocol) -> String { decode(Array(text.utf8), plusIsBlank: false) }

    /// Decodes a part of a query, where `+` is a blank.
    static func decodeForm(_ text: some StringProtocol) -> String { decode(Array(text.utf8), plusIsBlank: true) }

    /// Encodes all but what is unreserved.
    static func encode(_ text: String) -> String {
        var out: [UInt8] = []
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in text.utf8 {
            let isPlain =
                (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122)
                || [45, 46, 95, 126].contains(byte)
            if isPlain { out.append(byte) } else { out += [37, digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func decode(_ bytes: [UInt8], plusIsBlank: Bool) -> String {
        var out: [UInt8] = []
        var at = 0
        while at < bytes.count {
            if bytes[at] == 37, at + 2 < bytes.count,
                let value = UInt8(String(decoding: bytes[(at + 1)...(at + 2)], as: UTF8.self), radix: 16)
            {
                out.append(value)
                at += 3
            } else {
                out.append(plusIsBlank && bytes[at] == 43 ? 32 : bytes[at])
                at += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
