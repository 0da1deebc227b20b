import ArgumentParser

/// `orch gh …`: what orch does at GitHub for a person.
struct GhCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gh",
        abstract: "Comment at GitHub, exactly once, through the hub",
        discussion: """
            The comment is a row of the hub's outbox first, and posted by the daemon: also after a restart, and once, whatever \
            fails in between. Everything else is GitHub's own `gh`.
            """,
        subcommands: [GhComment.self, GhPullComment.self]
    )
}
