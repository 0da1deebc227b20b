/// A fault for certain requests.
package struct FaultRule: Sendable {
    /// The method; nil is any.
    package var method: String?
    /// A regular expression that is looked for in path and query.
    package var path: String
    package var fault: Fault
    /// How many requests that fit are let through first.
    package var skip: Int
    /// How many are hit then; nil is all.
    package var count: Int?

    /// A rule: by default it hits the next request that fits, once.
    package init(_ fault: Fault, _ method: String? = nil, _ path: String = "", skip: Int = 0, count: Int? = 1) {
        self.method = method
        self.path = path
        self.fault = fault
        self.skip = skip
        self.count = count
    }

    /// Whether a request is of those that it is for.
    func fits(_ request: APIRequest) -> Bool {
        if let method, method != request.method { return false }
        if path.isEmpty { return true }
        // A pattern that is none fits nothing: a test with it sees at once that nothing was hit.
        guard let pattern = try? Regex(path) else { return false }
        return request.target.contains(pattern)
    }
}
