import OrchCore
import OrchStore
import Settings

/// What people ask for on this machine that happens at GitHub.
extension Hub {
    /// The most characters of a comment: GitHub refuses more than 65,536, and the hidden line needs some.
    package static let commentLimit = 65_000

    /// `gh.comment` and `gh.pr_comment`: a comment on an issue or a pull request.
    func executeGitHub(_ command: CommandRecord, _ fields: CommandFields) throws -> JSONValue {
        guard ["gh.comment", "gh.pr_comment"].contains(command.kind) else {
            throw HubError(.refused, "this orch knows no command \(command.kind)")
        }
        guard isRemote else {
            throw HubError(
                .refused,
                "this hub works on local issues, not with GitHub: `orch issue comment`, or set `tracker: github` in WORKFLOW.md"
            )
        }
        let number = Int(try fields.integer("number"))
        guard number > 0 else { throw HubError(.refused, "number must be above 0, not \(number)") }
        if command.kind == "gh.pr_comment", try tables.issues.find(number) != nil {
            throw HubError(.refused, "#\(number) is an issue, not a pull request: `orch gh comment \(number)`")
        }
        let key = try commentAtGitHub(number, try fields.text("body"), command)
        return ["number": .integer(Int64(number)), "outbox": .string(key)]
    }

    /// Wants a person's comment posted, as it was written; the key of its row in the outbox.
    func commentAtGitHub(_ number: Int, _ body: String, _ command: CommandRecord) throws -> String {
        guard !body.allSatisfy(\.isWhitespace) else { throw HubError(.refused, "the comment is empty") }
        let length = body.unicodeScalars.count
        guard length <= Self.commentLimit else {
            throw HubError(
                .refused,
                "the comment has \(length) characters, and GitHub takes \(Self.commentLimit): put the rest into a file or a gist"
            )
        }
        // With the hub's own name: the commands of another database have the same numbers.
        let marker = "orch:command:\(try tables.tracker.get().hub):\(command.id)"
        let key = "comment:\(marker)"
        try want(
            .postComment(.init(issue: number, body: body, marker: marker, isPersons: true)),
            key: key,
            // A pull request, and an issue that orch has nothing to do with, have no row.
            issue: try tables.issues.find(number)?.number
        )
        return key
    }

    /// Refuses what would change the mirror alone: the next look at GitHub would take it back.
    func refuseAtGitHub(_ kind: String) throws {
        guard ["issue.new", "issue.edit", "issue.label", "issue.close", "issue.reopen"].contains(kind) else { return }
        let place = try tables.tracker.get().repository ?? settings.repository
        throw HubError(
            .refused,
            "the issues are at GitHub\(place.map { " (\($0))" } ?? ""): change them there, with a browser or `gh issue`"
        )
    }
}
