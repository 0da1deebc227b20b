import OrchCore
import OrchStore
import Settings

extension Hub {
    /// The names of the tracker's feeds.
    package enum Feed {
        package static let issues = "issues"
        package static let comments = "comments"
        package static let pulls = "pulls"
    }

    /// Whether the issues live at GitHub.
    var isRemote: Bool { settings.tracker == .github }

    /// Takes what was seen at the tracker.
    func observed(_ observation: Observation) throws {
        switch observation {
        case .repository(let seen):
            try tables.tracker.setRepository(
                seen.name,
                id: seen.id,
                login: seen.login,
                defaultBranch: seen.defaultBranch
            )
        case .issues(let issues, let cursor):
            for issue in issues { try observed(issue) }
            try tables.tracker.setCursor(Feed.issues, cursor)
        case .comments(let comments, let cursor):
            for comment in comments { try observed(comment) }
            try tables.tracker.setCursor(Feed.comments, cursor)
        case .pulls(let pulls, let cursor):
            for pull in pulls { try observed(pull) }
            if let cursor { try tables.tracker.setCursor(Feed.pulls, cursor) }
        case .gone(let issue, let how): try observedGone(issue, how)
        case .permission(let login, let level): try tables.remote.setPermission(login, level, nowMs: nowMs)
        case .polled(let gate):
            try tables.tracker.setPolled(nowMs: nowMs)
            if let gate { try tables.tracker.setGate(gate) }
        case .state(let state, let reason): try observed(state, reason: reason)
        }
    }

    private func observed(_ state: TrackerState, reason: String?) throws {
        guard try tables.tracker.setState(state, reason: reason, nowMs: nowMs) else { return }
        try tables.events.append(
            "tracker.\(state.rawValue)",
            ["reason": .text(reason)],
            nowMs: nowMs
        )
        mustSchedule = true
        guard state == .gone || state == .unauthorized || state == .archived || state == .issuesOff else { return }
        try tables.digests.add(
            "TRACKER",
            agent: nil,
            issue: nil,
            data: ["state": .string(state.rawValue), "reason": .text(reason)],
            nowMs: nowMs
        )
    }

    /// An issue that was deleted or moved to another repository: nobody can decide about its work there any more.
    private func observedGone(_ number: Int, _ how: String) throws {
        guard let known = try tables.remote.find(number), known.gone == nil else { return }
        try tables.remote.setGone(number, how)
        try tables.events.append("issue.gone", issue: number, ["how": .string(how)], nowMs: nowMs)
        if let agent = try tables.agents.live(issue: number) {
            try close(agent, outcome: .cancelled, reason: "its issue was \(how)")
        }
        try tables.issues.setOpen(number, false, nowMs: nowMs)
        try setPhase(issue: number, .none, reason: "the issue was \(how)")
    }
}
