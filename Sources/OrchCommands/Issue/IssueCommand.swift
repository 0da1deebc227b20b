import ArgumentParser

/// `orch issue …`: the local issues, each the charter of one piece of work.
struct IssueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue",
        abstract: "File issues and look after them",
        discussion: """
            An issue is the charter of one piece of work. Its body may have the headings Goal, Acceptance (a checklist), \
            Scope and Validation, lines like "Blocked by: #3", and is given to the agent that works on it.

            Labels say what is to become of it: orchestrate + agent:queued hands it to the hub (--queue adds both), \
            priority:P0…P9, blocked-by:#3, checkin:10m and budget:45m tune it.

            Where the issues are at GitHub (`tracker: github`), list and show tell of them as the hub saw them last, comment posts \
            there, and retry works as ever; new, edit, label, close and reopen are refused: they are GitHub's, and the message \
            names the `gh` command.
            """,
        subcommands: [
            IssueNew.self, IssueList.self, IssueShow.self, IssueEdit.self, IssueComment.self, IssueLabel.self,
            IssueClose.self, IssueReopen.self, IssueRetry.self,
        ]
    )
}
