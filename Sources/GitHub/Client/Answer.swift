import OrchCore

/// The answer to a call that GitHub did not refuse.
struct Answer: Sendable {
    var response: HTTPResponse
    /// The JSON in it; null for an empty body.
    var json: JSONValue
    /// Where it came from in the end.
    var url: String

    /// Whether nothing has changed.
    var isNotModified: Bool { response.status == 304 }
    /// The validator for the next read.
    var validator: String? { response.header("etag") }
}
