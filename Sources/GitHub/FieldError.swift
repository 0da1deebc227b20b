import OrchCore

/// One thing that is wrong with what was sent (422).
///
/// Source: https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#validation-failed
package struct FieldError: Sendable, Hashable {
    /// What kind of thing it was: `Label`, `PullRequest`.
    package var resource: String?
    /// The field.
    package var field: String?
    /// `missing`, `missing_field`, `invalid`, `already_exists`, `unprocessable` or `custom`.
    package var code: String
    /// What is wrong in words; always there when the code is `custom`.
    package var message: String?

    /// An error in a field.
    package init(resource: String? = nil, field: String? = nil, code: String, message: String? = nil) {
        self.resource = resource
        self.field = field
        self.code = code
        self.message = message
    }

    /// Reads an element of `errors`: an object, or for some endpoints a mere text.
    init?(_ json: JSONValue) {
        if let text = json.stringValue {
            self.init(code: "custom", message: SafeText.line(Clip.characters(text, 300)))
            return
        }
        guard json.objectValue != nil else { return nil }
        self.init(
            resource: json["resource"]?.stringValue,
            field: json["field"]?.stringValue,
            code: json["code"]?.stringValue ?? "custom",
            message: (json["message"]?.stringValue).map { SafeText.line(Clip.characters($0, 300)) }
        )
    }

    /// For people: `Label.name: already_exists`.
    var words: String {
        let place = [resource, field].compactMap { $0 }.joined(separator: ".")
        let text = [place, message ?? code].filter { !$0.isEmpty }.joined(separator: ": ")
        return SafeText.line(Clip.characters(text, 400))
    }
}
