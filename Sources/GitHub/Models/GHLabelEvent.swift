package import OrchCore

/// A label was set or taken off.
///
/// Source: https://docs.github.com/en/rest/using-the-rest-api/issue-event-types#labeled
package struct GHLabelEvent: Sendable, Hashable {
    /// Its number, which grows with time.
    package var id: Int64
    /// The label's name.
    package var label: String
    /// Whether it was set; else it was taken off.
    package var isAdded: Bool
    /// Who did it.
    package var actor: GHUser
    /// When it happened.
    package var createdAt: GHTime

    /// Reads an event of an issue; nil for one about something else.
    package init?(_ json: JSONValue) throws(BadField) {
        let fields = try Fields(json, "event")
        let kind = fields.words("event")
        guard kind == "labeled" || kind == "unlabeled" else { return nil }
        id = try fields.id()
        guard let name = fields["label"].flatMap(GHLabel.name) else { throw fields.missing("label") }
        label = name
        isAdded = kind == "labeled"
        actor = fields.user("actor")
        createdAt = try fields.time("created_at")
    }
}
