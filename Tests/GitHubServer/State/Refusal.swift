package import OrchCore

/// Why GitHub does not do what it was asked to.
///
/// It becomes an HTTP answer, or a GraphQL error; what a test does as a person throws it too. See docs.github.com/rest
/// "Troubleshooting the REST API" and "Client errors".
package struct Refusal: Error, Sendable, CustomStringConvertible {
    /// The HTTP status.
    package var status: Int
    package var message: String
    /// The `errors` of a 422.
    package var errors: [JSONValue] = []
    package var headers: [String: String] = [:]

    /// A refusal.
    package init(_ status: Int, _ message: String, errors: [JSONValue] = [], headers: [String: String] = [:]) {
        self.status = status
        self.message = message
        self.errors = errors
        self.headers = headers
    }

    /// Nothing is there, or the asker may not know of it.
    package static var notFound: Refusal { Refusal(404, "Not Found") }

    /// A field of a resource is not as it should be.
    ///
    /// The code is one of those of "Client errors": missing, missing_field, invalid, already_exists, unprocessable, custom.
    package static func invalid(_ resource: String, _ field: String?, _ code: String, _ message: String? = nil)
        -> Refusal
    {
        var error: [String: JSONValue] = ["resource": .string(resource), "code": .string(code)]
        if let field { error["field"] = .string(field) }
        if let message { error["message"] = .string(message) }
        return Refusal(422, "Validation Failed", errors: [.object(error)])
    }

    /// The asker's role in the repository does not suffice.
    package static var needsRole: Refusal { Refusal(403, "Must have admin rights to Repository.") }

    package var description: String {
        errors.isEmpty ? "\(status) \(message)" : "\(status) \(message): \(JSONValue.array(errors).canonicalText)"
    }
}
