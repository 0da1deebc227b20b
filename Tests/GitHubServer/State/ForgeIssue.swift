/// Where an issue is.
package struct IssuePlace: Sendable, Hashable {
    package var repository: Int64
    package var number: Int
}

/// An issue, or a pull request, which GitHub keeps as an issue with more to it.
package struct ForgeIssue: Sendable {
    package var id: Int64
    package var number: Int
    package var title: String
    package var body: String?
    package var author: String
    package var isOpen = true
    /// `completed`, `not_planned` or `reopened`; nil for what was never closed.
    package var stateReason: String?
    /// The labels' ids, in the order in which they were put on.
    package var labels: [Int64] = []
    package var assignees: [String] = []
    package var isLocked = false
    package var lockReason: String?
    package var createdMs: Int64
    /// Bumped by all that GitHub shows as activity: state, title, body, labels, assignees, comments, reviews, pushes.
    package var updatedMs: Int64
    package var closedMs: Int64?
    package var closedBy: String?
    package var comments: [ForgeComment] = []
    package var events: [ForgeEvent] = []
    package var reactions: [ForgeReaction] = []
    /// The ids of the issues that block this one, perhaps of other repositories.
    package var blockedBy: [Int64] = []
    /// Who changed the body, and when.
    package var bodyEdits: [(by: String, atMs: Int64)] = []
    package var pull: ForgePull?
}
