package import OrchCore

/// What a client asks, taken apart.
package struct APIRequest: Sendable {
    package var method: String
    /// The path and the query as they came, without host.
    package var target: String
    /// The parts of the path, decoded; an encoded slash stays within its part.
    package var path: [String]
    package var query: [(name: String, value: String)]
    /// By lower-cased name.
    package var headers: [String: String]
    package var body: [UInt8]

    /// A request as it came; the target may name a host too, as it does to a proxy.
    package init(method: String, target: String, headers: [String: String] = [:], body: [UInt8] = []) {
        self.method = method
        self.headers = headers
        self.body = body
        var rest = target[...]
        if let range = rest.firstRange(of: "://"), !rest.hasPrefix("/") {
            let after = rest[range.upperBound...]
            let slash = after.firstIndex { $0 == "/" || $0 == "?" } ?? after.endIndex
            self.headers["host"] = String(after[..<slash])
            rest = after[slash...]
            if rest.first != "/" { rest = "/" + rest }
        }
        self.target = String(rest)
        let parts = rest.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = (parts.first ?? "").split(separator: "/").map { Percent.decode($0) }
        query = (parts.count > 1 ? parts[1] : "").split(separator: "&").map { pair in
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (Percent.decodeForm(sides[0]), sides.count > 1 ? Percent.decodeForm(sides[1]) : "")
        }
    }

    /// The first value of a query parameter.
    package func query(_ name: String) -> String? { query.first { $0.name == name }?.value }

    /// The body as JSON; an empty one is an empty object.
    ///
    /// - Throws: a `Refusal` with status 400, "Problems parsing JSON", as docs.github.com "Client errors" has it.
    package func json() throws -> JSONValue {
        if body.isEmpty { return [:] }
        do { return try JSONValue(parsing: body) } catch { throw Refusal(400, "Problems parsing JSON") }
    }
}
