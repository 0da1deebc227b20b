import OrchCore
import OrchStore
import Settings

extension Hub {
    /// Moves an issue to another phase: the row, its event and the wanted labels, in one transaction (I5).
    func setPhase(issue number: Int, _ phase: IssuePhase, reason: String?) throws {
        let issue = try tables.issues.require(number)
        guard issue.phase != phase || issue.reason != reason else { return }
        try tables.issues.setPhase(number, phase, reason: reason, nowMs: nowMs)
        try tables.events.append(
            "issue.phase",
            issue: number,
            ["from": .string(issue.phase.rawValue), "to": .string(phase.rawValue), "reason": .text(reason)],
            nowMs: nowMs
        )
        mustSchedule = true
        try showPhase(number, phase)
        if isRemote { statusDue.insert(number) }
    }

    /// Wants the one label of a phase, and no other of them.
    private func showPhase(_ number: Int, _ phase: IssuePhase) throws {
        let before = try tables.issues.labels(number)
        let after = issueLabels.labels(showing: phase, on: before)
        var changed = false
        for label in after where !before.contains(label) {
            changed = try tables.issues.want(number, label: label, true) || changed
        }
        for label in before where !after.contains(label) {
            changed = try tables.issues.want(number, label: label, false) || changed
        }
        guard changed else { return }
        labelFlips += 1
        try want(.setLabels(.init(issue: number)), key: "labels:\(number):\(epoch):\(labelFlips)", issue: number)
    }

    /// Posts a comment to an issue, once for each key.
    func comment(_ number: Int, key: String, body: String, heading: String? = nil, artifact: String? = nil) throws {
        let marker = "orch:\(key)"
        try want(
            .postComment(.init(issue: number, body: body, marker: marker, heading: heading, artifact: artifact)),
            key: "comment:\(marker)",
            issue: number
        )
    }

    // MARK: What people do

    func newIssue(title: String, body: String, labels: [String], author: String) throws -> Int {
        let number = try tables.issues.create(number: nil, title: title, body: body, author: author, nowMs: nowMs)
        for label in Set(labels) { try tables.issues.observe(number, label: label, true) }
        try tables.events.append(
            "issue.created",
            issue: number,
            ["title": .string(title), "author": .string(author)],
            nowMs: nowMs
        )
        try readCharter(number)
        try followLabels(number, before: [])
        return number
    }

    /// Brings what the hub reads out of an issue's text and labels up to date: blockers and priority.
    func readCharter(_ number: Int) throws {
        let issue = try tables.issues.require(number)
        let labels = try tables.issues.labels(number)
        let found = BlockerLines.parse(body: issue.body, labels: labels).filter { $0.number != number }
        for source in BlockerReference.Source.allCases where source.rawValue != "native" {
            try tables.issues.setBlockers(
                number,
                found.filter { $0.source == source }.map(\.number),
                source: source.rawValue
            )
        }
        try tables.issues.setPriority(number, PriorityLabel.parse(labels))
        mustSchedule = true
    }

    func labelIssue(_ number: Int, add: [String], remove: [String]) throws -> [String] {
        let before = try tables.issues.labels(number)
        for label in add {
            _ = try tables.issues.want(number, label: label, true)
            try tables.issues.observe(number, label: label, true)
        }
        for label in remove where before.contains(label) {
            _ = try tables.issues.want(number, label: label, false)
            try tables.issues.observe(number, label: label, false)
        }
        try tables.events.append(
            "issue.labelled",
            issue: number,
            ["add": .array(add.map { .string($0) }), "remove": .array(remove.map { .string($0) })],
            nowMs: nowMs
        )
        try readCharter(number)
        try followLabels(number, before: before)
        return try tables.issues.labels(number)
    }

    /// A person changed labels: the phase follows what they asked for.
    func followLabels(_ number: Int, before: [String]) throws {
        let issue = try tables.issues.require(number)
        let labels = try tables.issues.labels(number)
        let names = settings.labels
        func added(_ label: String) -> Bool { labels.contains(label) && !before.contains(label) }
        func removed(_ label: String) -> Bool { !labels.contains(label) && before.contains(label) }
        let agent = try tables.agents.live(issue: number)
        if added(names.queued), issue.phase != .queued {
            if let agent, agent.phase != .resting {
                if agent.phase == .parked || agent.phase == .stalled { try letGoOn(agent) }
                try setPhase(issue: number, .running, reason: nil)
            } else {
                try tables.issues.setRetry(number, attempts: 0, retryAtMs: nil)
                try setPhase(issue: number, .queued, reason: nil)
            }
        } else if removed(names.orchestrate), let agent, agent.phase.isAtWork {
            try rest(agent, reason: "the label \(names.orchestrate) was removed")
            try setPhase(issue: number, .none, reason: "taken out of orch's hands by a person")
        } else if removed(names.running), let agent {
            try rest(agent, reason: "the label \(names.running) was removed")
            try setPhase(issue: number, .none, reason: "stopped by a person")
        } else if removed(names.queued), issue.phase == .queued {
            try setPhase(issue: number, .none, reason: nil)
        } else if agent == nil {
            let shown = issueLabels.phase(of: labels)
            if shown != issue.phase, shown != .running { try setPhase(issue: number, shown, reason: nil) }
        }
        mustSchedule = true
    }

    func retryIssue(_ number: Int) throws {
        let issue = try tables.issues.require(number)
        guard issue.isOpen else { throw HubError(.refused, "issue #\(number) is closed: reopen it first") }
        guard try issue.phase != .none || issueLabels.isOrchestrated(tables.issues.labels(number)) else {
            let (orchestrate, queued) = (settings.labels.orchestrate, settings.labels.queued)
            throw HubError(
                .refused,
                isRemote
                    ? "issue #\(number) was never handed over: add the labels `\(orchestrate)` and `\(queued)` to it"
                    : "issue #\(number) was never handed over: `orch issue label \(number) --add \(orchestrate) --add \(queued)`"
            )
        }
        try tables.issues.setRetry(number, attempts: 0, retryAtMs: nil)
        if let agent = try tables.agents.live(issue: number), agent.phase != .resting {
            guard agent.phase == .parked || agent.phase == .stalled else {
                throw HubError(.refused, "agent \(agent.name) works on issue #\(number)")
            }
            try letGoOn(agent)
        } else {
            if try !tables.issues.labels(number).contains(settings.labels.orchestrate) {
                _ = try labelIssue(number, add: [settings.labels.orchestrate], remove: [])
            }
            try setPhase(issue: number, .queued, reason: nil)
        }
        mustSchedule = true
    }

    func setOpen(_ number: Int, _ open: Bool) throws {
        let issue = try tables.issues.require(number)
        guard issue.isOpen != open else { return }
        try tables.issues.setOpen(number, open, nowMs: nowMs)
        try tables.events.append(open ? "issue.reopened" : "issue.closed", issue: number, nowMs: nowMs)
        if try !open && isUnderReview(issue) {
            // Most often its merge closed it; that, or its closing, is still to be seen, and says what becomes of it.
            mustSchedule = true
            return
        }
        if !open, let agent = try tables.agents.live(issue: number) {
            try close(agent, outcome: .cancelled, reason: "its issue was closed")
        } else if !open, issue.phase == .queued || issue.phase == .stalled {
            try setPhase(issue: number, .none, reason: "the issue was closed")
        }
        mustSchedule = true
    }
}
