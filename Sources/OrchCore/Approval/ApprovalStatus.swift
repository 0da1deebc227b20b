/// The life of a request of Codex that somebody must answer (I9: everything but `approved` declines).
package enum ApprovalStatus: String, Sendable, Hashable, CaseIterable {
    case pending
    case approved
    case denied
    /// Its limit passed: declined.
    case expired
    /// The app-server that asked is gone.
    case lost
}
