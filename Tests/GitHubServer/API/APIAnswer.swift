package import OrchCore

/// What the server answers.
package struct APIAnswer: Sendable {
    package var status: Int
    package var headers: [String: String] = [:]
    package var body: [UInt8] = []
    /// Whether it refuses though the status is 200, as GraphQL does.
    package var isRefused = false

    /// An answer without a body, such as 204.
    package init(_ status: Int) { self.status = status }

    /// An answer in JSON.
    package init(_ status: Int, _ json: JSONValue) {
        self.status = status
        body = json.canonicalBytes
        headers["content-type"] = "application/json; charset=utf-8"
    }

    /// An answer in another format.
    package init(_ status: Int, text: String, type: String) {
        self.status = status
        body = Array(text.utf8)
        headers["content-type"] = type
    }

    /// A refusal, as GitHub words it.
    init(_ refusal: Refusal) {
        var json: [String: JSONValue] = [
            "message": .string(refusal.message), "documentation_url": "https://docs.github.com/rest",
            "status": .string(String(refusal.status)),
        ]
        if !refusal.errors.isEmpty { json["errors"] = .array(refusal.errors) }
        if let location = refusal.headers["location"] { json["url"] = .string(location) }
        self.init(refusal.status, .object(json))
        headers.merge(refusal.headers) { $1 }
    }
}
