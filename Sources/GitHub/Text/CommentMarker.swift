/// The hidden first line of what orch posts: `<!-- orch:status issue=12 -->`.
///
/// By it a hub finds, after a crash, what it has posted already. It counts only at the very beginning of a body, so that text that quotes
/// one is none; and since anybody can write one, only together with the author.
package struct CommentMarker: Sendable, Hashable, CustomStringConvertible {
    /// What stands between `orch:` and the end: `status issue=12`.
    package let text: String

    /// A marker of any text, as the outbox has it, with or without `orch:` before it.
    package init(_ text: String) {
        self.text = text.hasPrefix("orch:") ? String(text.dropFirst(5)) : text
    }

    /// A marker of a kind with fields: `event`, `run=7`.
    ///
    /// - Parameters:
    ///   - kind: one word.
    ///   - fields: names and values without spaces.
    package init(kind: String, _ fields: KeyValuePairs<String, String> = [:]) {
        text = ([kind] + fields.map { "\($0.key)=\($0.value)" }).joined(separator: " ")
    }

    /// Reads the marker that a body begins with; nil without one.
    package init?(of body: String) {
        guard body.hasPrefix("<!-- orch:") else { return nil }
        let rest = body.dropFirst(10).prefix(2_048)
        guard let end = rest.firstRange(of: " -->"), let text = Self.decoded(rest[..<end.lowerBound]), !text.isEmpty
        else {
            return nil
        }
        self.text = text
    }

    /// The first word: `status`.
    package var kind: String { String(text.prefix { $0 != " " }) }

    /// The value of a field.
    package func field(_ name: String) -> String? {
        for word in text.split(separator: " ").dropFirst() where word.hasPrefix(name + "=") {
            return String(word.dropFirst(name.utf8.count + 1))
        }
        return nil
    }

    /// The hidden line.
    ///
    /// `--` ends a comment in some readings of HTML, `>` in others; they and all that is not plain ASCII are escaped as in URLs.
    package var description: String { "<!-- orch:\(Self.encoded(text)) -->" }

    /// A body that begins with it.
    package func body(_ rest: String) -> String { "\(self)\n\(rest)" }

    /// What a body has behind its marker.
    package static func stripped(_ body: String) -> Substring {
        guard CommentMarker(of: body) != nil, let end = body.firstRange(of: " -->") else { return body[...] }
        let rest = body[end.upperBound...]
        return rest.first?.isNewline == true ? rest.dropFirst() : rest
    }

    private static func encoded(_ text: String) -> String {
        var out = ""
        var previous: UInt8 = UInt8(ascii: "-")
        let bytes = Array(text.utf8)
        for (index, byte) in bytes.enumerated() {
            let isLast = index == bytes.count - 1
            // A hyphen beside a hyphen, and one at an end.
            let isHyphen = byte == UInt8(ascii: "-") && (previous == UInt8(ascii: "-") || isLast)
            let isEdgeSpace = byte == UInt8(ascii: " ") && (previous == UInt8(ascii: " ") || index == 0 || isLast)
            if isPlain(byte), !isHyphen, !isEdgeSpace {
                out.unicodeScalars.append(Unicode.Scalar(byte))
                previous = byte
            } else {
                out +=
                    "%" + String(byte >> 4, radix: 16, uppercase: true) + String(byte & 15, radix: 16, uppercase: true)
                previous = UInt8(ascii: "%")
            }
        }
        return out
    }

    private static func decoded(_ text: Substring) -> String? {
        var out: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
                else {
                    return nil
                }
                out.append(value)
                rest = rest.dropFirst(2)
            } else {
                guard isPlain(byte) else { return nil }
                out.append(byte)
            }
        }
        return String(validating: out, as: UTF8.self)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || "-._:/#=+, ".utf8.contains(byte)
    }
}
