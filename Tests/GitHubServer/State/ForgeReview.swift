/// A review of a pull request (docs.github.com/rest/pulls/reviews).
package struct ForgeReview: Sendable {
    /// What a review says.
    package enum Verdict: String, Sendable {
        case approved = "APPROVED"
        case changesRequested = "CHANGES_REQUESTED"
        case commented = "COMMENTED"
        case dismissed = "DISMISSED"
        case pending = "PENDING"
    }

    package var id: Int64
    package var author: String
    package var verdict: Verdict
    package var body: String
    package var commit: String
    package var submittedMs: Int64?
}

/// A comment on a line of a pull request (docs.github.com/rest/pulls/comments).
package struct ForgeReviewComment: Sendable {
    package var id: Int64
    package var review: Int64
    package var author: String
    package var body: String
    package var path: String
    package var line: Int?
    package var side: String
    package var commit: String
    package var inReplyTo: Int64?
    package var createdMs: Int64
    package var updatedMs: Int64
    package var reactions: [ForgeReaction] = []
}
