/// The parts of an `http` or `https` URL that decide where a token may go.
///
/// Stricter than RFC 3986: no user, no password, nothing but visible ASCII, no backslash. What two readers might take for different hosts
/// is no address at all.
struct WebAddress: Sendable, Hashable {
    /// `http` or `https`.
    let scheme: String
    /// The host in lower case; an IPv6 address without its brackets.
    let host: String
    /// The port, if one is written.
    let port: Int?
    /// What follows: path and query, empty or from the slash on.
    let path: String

    /// Reads a URL; nil if it is none of these.
    init?(_ text: String) {
        guard text.utf8.count <= 8_192, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") })
        else { return nil }
        let lowered = text.prefix(8).lowercased()
        guard lowered.hasPrefix("https://") || lowered.hasPrefix("http://") else { return nil }
        scheme = lowered.hasPrefix("https://") ? "https" : "http"
        let rest = text.dropFirst(scheme.count + 3)
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard let place = Self.place(authority) else { return nil }
        (host, port) = place
        let tail = rest.dropFirst(authority.count)
        path = tail.isEmpty || tail.hasPrefix("/") ? String(tail) : "/" + tail
    }

    /// The port that is spoken to.
    var effectivePort: Int { port ?? (scheme == "https" ? 443 : 80) }

    /// The host as it is written in URLs, with its port if that is a special one.
    var hostText: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return effectivePort == (scheme == "https" ? 443 : 80) ? name : "\(name):\(effectivePort)"
    }

    /// The URL without its path.
    var origin: String { "\(scheme)://\(hostText)" }

    /// Whether it is this machine, so that nobody else can listen in.
    var isLoopback: Bool {
        if host == "localhost" || host.hasSuffix(".localhost") || host == "::1" { return true }
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return numbers.count == 4 && numbers.allSatisfy { $0 != nil } && numbers[0] == 127
    }

    /// A host name with or without a port.
    static func place(_ text: some StringProtocol) -> (host: String, port: Int?)? {
        var name = Substring(text)
        var port: Int?
        if name.hasPrefix("[") {
            guard let end = name.firstIndex(of: "]") else { return nil }
            let tail = name[name.index(after: end)...]
            name = name[name.index(after: name.startIndex)..<end]
            guard name.contains(":"),
                name.utf8.allSatisfy({ isHex($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") })
            else { return nil }
            guard tail.isEmpty || tail.hasPrefix(":") else { return nil }
            if tail.hasPrefix(":") {
                guard let number = portNumber(tail.dropFirst()) else { return nil }
                port = number
            }
        } else {
            if let colon = name.firstIndex(of: ":") {
                guard let number = portNumber(name[name.index(after: colon)...]) else { return nil }
                port = number
                name = name[..<colon]
            }
            guard !name.hasPrefix("."), !name.hasPrefix("-"), name.utf8.allSatisfy(isNamePart) else { return nil }
        }
        guard !name.isEmpty, name.utf8.count <= 253 else { return nil }
        return (name.lowercased(), port)
    }

    private static func portNumber(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.utf8.count <= 5, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(text), (1...65_535).contains(number)
        else { return nil }
        return number
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
}
