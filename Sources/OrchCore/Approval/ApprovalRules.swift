/// Decides about approvals by policy (I9: fail closed).
package enum ApprovalRules {
    /// Whether policy alone approves: only when a person has switched both on.
    package static func approvesByPolicy(dangerous: Bool, autopilot: Bool) -> Bool {
        dangerous && autopilot
    }
}
