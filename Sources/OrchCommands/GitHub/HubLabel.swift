import OrchCore

/// A label of the hub as it is made at GitHub.
struct HubLabel: Sendable, Hashable {
    var name: String
    /// Six hexadecimal digits.
    var color: String
    /// At most 100 characters, as GitHub takes them.
    var description: String

    /// All of them, in the order of an issue's life.
    static func all(_ names: LabelNames) -> [HubLabel] {
        [
            HubLabel(name: names.orchestrate, color: "5319e7", description: "orch works on this issue"),
            HubLabel(
                name: names.queued,
                color: "fbca04",
                description: "Waits for an agent; add it to have the issue worked on"
            ),
            HubLabel(
                name: names.running,
                color: "1d76db",
                description: "An agent works on it; remove it to stop the agent"
            ),
            HubLabel(name: names.review, color: "d4c5f9", description: "A pull request waits for review"),
            HubLabel(name: names.done, color: "0e8a16", description: "The work is finished"),
            HubLabel(name: names.stalled, color: "d93f0b", description: "It can't go on without a person"),
            HubLabel(
                name: names.prOnComplete,
                color: "c5def5",
                description: "orch opens a pull request when the work is complete"
            ),
        ]
    }

    /// Those that a repository does not have; GitHub does not tell upper from lower case.
    static func missing(_ names: LabelNames, in present: [String]) -> [HubLabel] {
        let present = Set(present.map { $0.lowercased() })
        return all(names).filter { !present.contains($0.name.lowercased()) }
    }
}
