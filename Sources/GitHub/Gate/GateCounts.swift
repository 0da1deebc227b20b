/// How much was asked since the gate was made, for reports and measurements.
package struct GateCounts: Sendable, Hashable {
    /// Reads that went.
    package var reads = 0
    /// Writes that went, content included.
    package var writes = 0
    /// Content that went.
    package var content = 0
    /// Points for the secondary limit.
    package var points = 0
    /// Answers that said "not modified", and so cost nothing on the primary limit.
    package var notModified = 0
    /// Answers that refused because of a limit.
    package var limited = 0
    /// Errors of the server, and requests without an answer.
    package var failed = 0

    /// Nothing yet.
    package init() {}

    /// Counts a request that goes.
    mutating func began(_ kind: RequestKind) {
        points += kind.points
        if kind.isWrite { writes += 1 } else { reads += 1 }
        if kind == .content { content += 1 }
    }

    /// Counts what became of it.
    mutating func ended(_ outcome: GateOutcome) {
        switch outcome {
        case .answered(let facts):
            if facts.status == 304 { notModified += 1 }
            if facts.isLimited { limited += 1 }
            if facts.status >= 500 { failed += 1 }
        case .failed: failed += 1
        case .neutral: break
        }
    }
}
