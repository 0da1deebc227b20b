/// One reason why an issue is, or is not, started.
package struct GateResult: Sendable, Hashable {
    /// The gate's name: stable, shown by `orch explain`.
    package var gate: Gate
    /// Whether the issue passes.
    package var pass: Bool
    /// What was found.
    package var detail: String
    /// What would change it; empty when it passes.
    package var change: String

    /// A result.
    package init(_ gate: Gate, pass: Bool, detail: String, change: String = "") {
        self.gate = gate
        self.pass = pass
        self.detail = detail
        self.change = pass ? "" : change
    }

    /// The gates, in the order in which they are asked and shown.
    package enum Gate: String, Sendable, Hashable, CaseIterable {
        case open, orchestrated, queued, blockers, free, retry, hub, quota, capacity
    }
}
