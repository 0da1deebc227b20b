/// Something that was done to an issue (docs.github.com/rest/using-the-rest-api/issue-event-types).
package struct ForgeEvent: Sendable {
    package var id: Int64
    /// Such as `labeled`, `closed` or `renamed`.
    package var name: String
    package var actor: String
    package var atMs: Int64
    /// The label as it was then.
    package var label: (name: String, color: String)?
    package var rename: (from: String, to: String)?
    package var assignee: String?
    /// The commit that closed or merged.
    package var commit: String?
    package var stateReason: String?
    package var lockReason: String?
}
