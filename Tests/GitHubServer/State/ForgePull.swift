/// What a pull request has beyond an issue.
package struct ForgePull: Sendable {
    /// A pull request's own id, which is not its issue's.
    package var id: Int64
    package var headRef: String
    /// The newest head: of the branch while it is open, the last one after that.
    package var headSHA: String
    package var baseRef: String
    package var baseSHA: String
    package var isDraft = false
    package var mergedMs: Int64?
    package var mergedBy: String?
    package var mergeCommit: String?
    package var reviews: [ForgeReview] = []
    package var comments: [ForgeReviewComment] = []
    /// Whether it merges, as computed for a head and a base; another head or base makes it unknown again.
    package var mergeability: Mergeability?

    /// The outcome of a test merge.
    package struct Mergeability: Sendable {
        package var headSHA: String
        package var baseSHA: String
        package var isMergeable: Bool
    }
}
