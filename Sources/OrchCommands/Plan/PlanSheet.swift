import OrchCore
import OrchStore

/// A plan on paper.
struct PlanSheet {
    let plan: WorkPlan

    /// Writes it.
    func write(to output: Output) throws {
        if plan.ready.isEmpty, plan.blocked.isEmpty {
            output.note("Nothing waits for an agent.")
        }
        if !plan.ready.isEmpty {
            try output.line(output.ink(.bold, "Ready (\(plan.placesUsed) of \(plan.placesLimit) places taken)"))
            try output.table(WorkPlan.table(plan.ready).only(["number", "priority", "title", "reason"]), .table)
        }
        if !plan.blocked.isEmpty {
            if !plan.ready.isEmpty { try output.line() }
            try output.line(output.ink(.bold, "Blocked"))
            try output.table(WorkPlan.table(plan.blocked), .table)
        }
        for phase in [IssuePhase.running, .review, .stalled] {
            let numbers = plan.others.filter { $0.phase == phase }.map { "#\($0.number)" }
            guard !numbers.isEmpty else { continue }
            output.note("In the phase \(phase.rawValue): \(numbers.joined(separator: ", ")).")
        }
        if let hold = plan.hold { output.note("Nothing starts now: \(SafeText.line(hold)).") }
        if plan.isHubRunning == false, plan.hold == nil, !plan.ready.isEmpty {
            output.note("No daemon runs: `orch daemon` starts what is ready.")
        }
    }
}
