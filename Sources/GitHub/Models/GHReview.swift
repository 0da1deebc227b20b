package import OrchCore

/// A review of a pull request.
///
/// Source: https://docs.github.com/en/rest/pulls/reviews#list-reviews-for-a-pull-request
package struct GHReview: Sendable, Hashable {
    /// What a review says.
    package enum State: String, Sendable, Hashable, CaseIterable {
        case approved = "APPROVED"
        case changesRequested = "CHANGES_REQUESTED"
        case commented = "COMMENTED"
        case dismissed = "DISMISSED"
        /// Begun and not sent off.
        case pending = "PENDING"
        /// One that this program does not know.
        case unknown = ""
    }

    /// Its number.
    package var id: Int64
    /// Who reviewed.
    package var author: GHUser
    /// How the author is related to the repository.
    package var authorAssociation: GHAssociation
    /// What it says.
    package var state: State
    /// Its text, in Markdown; empty without one.
    package var body: String
    /// When it was sent off.
    package var submittedAt: GHTime?
    /// The commit that it is about; nil when that is gone.
    package var commit: String?

    /// Reads one.
    package init(_ json: JSONValue) throws(BadField) {
        let fields = try Fields(json, "review")
        id = try fields.id()
        author = fields.user()
        authorAssociation = fields.association()
        state = State(rawValue: try fields.text("state").uppercased()) ?? .unknown
        body = fields.words("body")
        submittedAt = fields.optionalTime("submitted_at")
        commit = fields["commit_id"]?.stringValue
    }
}
