import OrchCore

/// What a saved ref says of the work that it keeps: the message of an annotated tag object.
///
/// The ref names the tag and the tag names the commit, so that work and label come and go as one, and a copy of the repository has both. The
/// same work at the same time makes the same tag. A ref without one is read as well, by an earlier version's rules.
struct SavedLabel: Sendable, Hashable {
    var branch: String?
    var head: String?
    var nested: [String]
    var isComplete: Bool

    /// The tag object's text.
    func tag(of commit: String, agent: String, timestampMs: Int64) -> String {
        var facts: [String: JSONValue] = [
            "complete": .bool(isComplete), "nested": .array(nested.map { .string($0) }),
        ]
        facts["branch"] = branch.map { .string($0) }
        facts["head"] = head.map { .string($0) }
        return """
            object \(commit)
            type commit
            tag orch-saved
            tagger orch <orch@localhost> \(timestampMs / 1_000) +0000

            orch: work of \(agent)

            \(JSONValue.object(facts).canonicalText)

            """
    }

    /// A label in full.
    init(branch: String?, head: String?, nested: [String], isComplete: Bool) {
        self.branch = branch
        self.head = head
        self.nested = nested
        self.isComplete = isComplete
    }

    /// Reads the message of a tag; nil when it is not one of ours.
    init?(message: String) {
        guard let line = message.split(separator: "\n").last, let facts = try? JSONValue(parsing: line),
            let isComplete = facts["complete"]?.boolValue
        else { return nil }  // Any other text is somebody else's tag: its commit can be brought back all the same.
        branch = facts["branch"]?.stringValue
        head = facts["head"]?.stringValue
        nested = (facts["nested"]?.arrayValue ?? []).compactMap(\.stringValue)
        self.isComplete = isComplete
    }
}
