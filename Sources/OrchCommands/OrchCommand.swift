import ArgumentParser

/// The program `orch`.
struct OrchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "orch",
        abstract: "Have Codex agents work on a repository's issues, side by side",
        usage: "orch <command> [options]",
        discussion: """
            A hub (`orch daemon`) takes queued issues, gives each to a Codex agent in a git worktree of its own, and lets an \
            orchestrator conversation decide. Everything is in one database, .orch/orch.db: nothing that was started is lost \
            or done twice, whatever is killed, and all that happened can be asked for.

              orch init                                  once in a repository
              orch issue new "Add a greeting" --queue    say what is to be done
              orch daemon --autopilot-on                 have it done
              orch status; orch follow; orch query issues
              orch repl                                  all of it at one prompt

            Exit codes:
            \(ExitStatus.table)

            Environment: NO_COLOR switches colours off, COLUMNS sets the width of tables, ORCH_AUTHOR is who files issues. \
            For GitHub: GITHUB_TOKEN or GH_TOKEN (else `gh auth token`), GH_HOST, ORCH_GITHUB_API_URL.

            Completions: orch --generate-completion-script bash > ~/.local/share/bash-completion/completions/orch (also zsh, fish).
            """,
        version: OrchVersion.text,
        groupedSubcommands: [
            CommandGroup(
                name: "Start",
                subcommands: [
                    InitCommand.self, DaemonCommand.self, ReplCommand.self, DoctorCommand.self, DemoCommand.self,
                ]
            ),
            CommandGroup(
                name: "Work",
                subcommands: [
                    IssueCommand.self, GhCommand.self, AgentCommand.self, SendCommand.self, UndoCommand.self,
                ]
            ),
            CommandGroup(
                name: "Decide",
                subcommands: [
                    ApprovalsCommand.self, ApproveCommand.self, DenyCommand.self, AutopilotCommand.self,
                    DecideCommand.self,
                    WIPCommand.self, PauseCommand.self, ResumeCommand.self, StopCommand.self,
                ]
            ),
            CommandGroup(
                name: "Ask",
                subcommands: [
                    StatusCommand.self, PlanCommand.self, ExplainCommand.self, FollowCommand.self, QueryCommand.self,
                    ArtifactCommand.self, StderrCommand.self,
                ]
            ),
            CommandGroup(name: "Move", subcommands: [ExportCommand.self, ImportCommand.self]),
        ]
    )
}
