package import OrchCore

/// What everything came to, to be compared: without ids, times and commits.
package struct GitHubSnapshot: Sendable, Hashable, CustomStringConvertible {
    /// The issues and pull requests by number, and the repository's labels.
    package let value: JSONValue

    /// What a repository came to.
    ///
    /// - Parameters:
    ///   - state: all there is.
    ///   - repository: which one; without it, the first that was made.
    ///   - normalize: makes bodies comparable, for example takes elapsed times out of them.
    /// - Throws: `Refusal` if there is no such repository.
    package init(_ state: GitHubState, repository: String? = nil, normalize: (String) -> String = { $0 }) throws {
        let known = try state.repository(state.find(repository))
        let issues = known.issues.values.sorted { $0.number < $1.number }
        value = [
            "labels": .array(known.labels.values.map(\.name).sorted().map { .string($0) }),
            "issues": .array(issues.map { Self.issue($0, known, normalize) }),
        ]
    }

    /// One line for each fact, so that a test's difference can be read.
    package var description: String {
        var lines: [String] = []
        for issue in value["issues"]?.arrayValue ?? [] {
            for (key, fact) in (issue.objectValue ?? [:]).sorted(by: { $0.key < $1.key }) {
                let number = issue["number"]?.intValue ?? 0
                if let list = fact.arrayValue {
                    lines += list.map { "#\(number) \(key): \($0.canonicalText)" }
                } else {
                    lines.append("#\(number) \(key): \(fact.canonicalText)")
                }
            }
        }
        return lines.joined(separator: "\n")
    }

    private static func issue(_ issue: ForgeIssue, _ repository: ForgeRepository, _ normalize: (String) -> String)
        -> JSONValue
    {
        var members: [String: JSONValue] = [
            "number": .integer(Int64(issue.number)), "title": .string(issue.title),
            "body": .string(normalize(issue.body ?? "")), "author": .string(issue.author),
            "state": issue.isOpen ? "open" : "closed", "state_reason": .text(issue.stateReason),
            "locked": .bool(issue.isLocked),
            "labels": .array(repository.labelNames(issue).sorted().map { .string($0) }),
            "reactions": reactions(issue.reactions),
            "comments": .array(
                issue.comments.map { comment in
                    [
                        "author": .string(comment.author), "body": .string(normalize(comment.body)),
                        "reactions": reactions(comment.reactions),
                    ]
                }
            ),
        ]
        if let pull = issue.pull {
            members["pull"] = [
                "head": .string(pull.headRef), "base": .string(pull.baseRef), "draft": .bool(pull.isDraft),
                "merged": .bool(pull.mergedMs != nil),
            ]
            members["reviews"] = .array(
                pull.reviews.map {
                    [
                        "author": .string($0.author), "state": .string($0.verdict.rawValue),
                        "body": .string(normalize($0.body)),
                    ]
                }
            )
            members["review_comments"] = .array(
                pull.comments.map {
                    ["author": .string($0.author), "path": .string($0.path), "body": .string(normalize($0.body))]
                }
            )
        }
        return .object(members)
    }

    private static func reactions(_ reactions: [ForgeReaction]) -> JSONValue {
        .array(reactions.map { "\($0.user) \($0.content)" }.sorted().map { .string($0) })
    }
}

extension GitHubModel {
    /// What a repository came to.
    package func snapshot(_ repository: String? = nil, normalize: @Sendable (String) -> String = { $0 }) throws
        -> GitHubSnapshot
    {
        try GitHubSnapshot(state, repository: repository, normalize: normalize)
    }

    /// The changes of an issue's labels in order, such as `+agent:running orch`: none may be there twice.
    package func labelChanges(_ number: Int, _ repository: String? = nil) throws -> [String] {
        try state.issue(state.place(number, repository)).events.compactMap { event in
            guard let label = event.label else { return nil }
            return "\(event.name == "labeled" ? "+" : "-")\(label.name) \(event.actor)"
        }
    }
}
