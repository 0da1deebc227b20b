import OrchCore

/// One call of the API, before it is a request.
struct Call: Sendable {
    var method: HTTPRequest.Method
    /// The whole URL.
    var url: String
    /// What it counts as.
    var kind: RequestKind
    /// The validator of an earlier answer, for a read.
    var validator: String?
    /// What is sent.
    var body: JSONValue?
    /// Whether a permanent redirect is followed, for a read whose answer says its own name.
    var followsMoves = false

    /// For messages: `GET /repos/acme/widgets/issues`, without the query.
    func words(_ endpoint: GitHubEndpoint) -> String {
        let path = url.hasPrefix(endpoint.api) ? String(url.dropFirst(endpoint.api.count)) : url
        return "\(method.rawValue) \(SafeText.line(Clip.characters(path.prefix { $0 != "?" }, 200)))"
    }
}
