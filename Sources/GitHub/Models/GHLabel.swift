package import OrchCore

/// A label of the repository.
///
/// Source: https://docs.github.com/en/rest/issues/labels#get-a-label
package struct GHLabel: Sendable, Hashable {
    /// Its name; GitHub has no two that differ only in case.
    package var name: String
    /// Six hexadecimal digits.
    package var color: String
    /// What it means; empty without one.
    package var description: String

    /// Reads one.
    package init(_ json: JSONValue) throws(BadField) {
        let fields = try Fields(json, "label")
        name = try fields.text("name")
        color = fields.words("color")
        description = fields.words("description")
    }

    /// The name of an element of `labels`, which is an object or a mere name.
    static func name(_ json: JSONValue) -> String? { json.stringValue ?? json["name"]?.stringValue }

    /// The names of a list of labels.
    static func names(_ json: JSONValue) throws(BadField) -> [String] {
        guard let list = json.arrayValue else { throw BadField(name: "labels") }
        return list.compactMap(name)
    }
}
