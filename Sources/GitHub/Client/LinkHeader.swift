/// Reads `Link` headers (RFC 8288): `<https://api.github.com/…?page=2>; rel="next", <…>; rel="last"`.
enum LinkHeader {
    /// The target of the first link with a relation, as it stands there.
    static func target(_ relation: String, in header: String) -> String? {
        var rest = header.prefix(32_768)[...]
        while let open = rest.firstIndex(of: "<") {
            let tail = rest[rest.index(after: open)...]
            guard let close = tail.firstIndex(of: ">") else { return nil }
            let target = tail[..<close]
            let after = tail[tail.index(after: close)...]
            // The parameters end where the next link begins: a comma, spaces, `<`.
            let end = nextLink(in: after) ?? after.endIndex
            if has(relation, in: after[..<end]) { return String(target) }
            rest = after[end...]
        }
        return nil
    }

    private static func nextLink(in text: Substring) -> Substring.Index? {
        var isQuoted = false
        var afterComma = false
        for index in text.indices {
            switch text[index] {
            case "\"": isQuoted.toggle()
            case ",": afterComma = !isQuoted
            case " ", "\t": break
            case "<" where afterComma: return index
            default: afterComma = false
            }
        }
        return nil
    }

    private static func has(_ relation: String, in parameters: Substring) -> Bool {
        for parameter in parameters.split(whereSeparator: { $0 == ";" || $0 == "," }) {
            let pair = parameter.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, pair[0].filter({ !$0.isWhitespace }).lowercased() == "rel" else { continue }
            let value = pair[1].filter { $0 != "\"" }
            if value.split(whereSeparator: \.isWhitespace).contains(where: { $0.lowercased() == relation }) {
                return true
            }
        }
        return false
    }
}
