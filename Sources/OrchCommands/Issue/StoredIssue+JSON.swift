import OrchCore
import OrchStore

extension StoredIssue {
    /// The issue as JSON: the keys of `orch query issues`, the charter and the comments.
    var json: JSONValue {
        let charter = Charter.parse(body: record.body)
        return [
            "number": .integer(Int64(record.number)), "title": .string(record.title), "body": .string(record.body),
            "author": .string(record.author), "state": record.isOpen ? "open" : "closed",
            "phase": .string(record.phase.rawValue),
            "phase_since_ms": .integer(record.phaseSinceMs), "reason": .text(record.reason),
            "priority": .integer(Int64(record.priority)), "labels": .array(labels.map { .string($0) }),
            "agent": .text(agent.flatMap { $0.phase == .closed ? nil : $0.name }), "branch": .text(record.branch),
            "worktree": .text(record.worktree), "base_commit": .text(record.baseCommit),
            "head_commit": .text(record.headCommit),
            "attempts": .integer(Int64(record.attempts)), "retry_at_ms": .number(record.retryAtMs),
            "blocked_by": .array(blockers.map { .integer(Int64($0.number)) }),
            "created_at_ms": .integer(record.createdAtMs),
            "updated_at_ms": .integer(record.updatedAtMs), "closed_at_ms": .number(record.closedAtMs),
            "url": .text(remote?.url), "held_by": .text(remote?.heldBy), "pull": .number(pull?.number),
            "charter": Self.json(charter), "comments": .array(comments.map(Self.json)),
        ]
    }

    static func json(_ charter: Charter) -> JSONValue {
        [
            "goal": .string(charter.goal), "scope": .string(charter.scope), "validation": .string(charter.validation),
            "acceptance": .array(charter.acceptance.map { ["text": .string($0.text), "done": .bool($0.isDone)] }),
        ]
    }

    static func json(_ comment: IssueTable.Comment) -> JSONValue {
        [
            "id": .integer(comment.id), "author": .string(comment.author), "body": .string(comment.body),
            "at_ms": .integer(comment.atMs),
        ]
    }
}
