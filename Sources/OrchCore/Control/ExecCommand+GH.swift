extension ExecCommand {
    /// The gh subcommands that may run: they read, but for a comment and a pull request of this repository.
    static let gh: [String: ExecCommand] = [
        "issue list": list(["-a", "--assignee", "-A", "--author", "-m", "--milestone", "--mention"]),
        "issue view": view(["-c", "--comments"]),
        "issue status": ExecCommand(values: ["--json"], operands: .none, style: .gh),
        "issue comment": ExecCommand(values: ["-b", "--body"], operands: .reference, style: .gh),
        "pr list": list(["-a", "--assignee", "-A", "--author", "-B", "--base", "-H", "--head"]),
        "pr view": view(["-c", "--comments"]),
        "pr status": ExecCommand(values: ["--json"], operands: .none, style: .gh),
        "pr diff": ExecCommand(
            flags: ["--patch", "--name-only", "--color=never"],
            operands: .reference,
            style: .gh
        ),
        "pr checks": ExecCommand(flags: ["--required"], values: ["--json"], operands: .reference, style: .gh),
        "pr comment": ExecCommand(values: ["-b", "--body"], operands: .reference, style: .gh),
        // Without `--head` gh would push; it can't, since it may not ask (`environment`), and says so.
        "pr create": ExecCommand(
            flags: ["-d", "--draft"],
            values: ["-t", "--title", "-b", "--body", "-B", "--base", "-H", "--head", "-l", "--label"],
            operands: .none,
            style: .gh
        ),
        "run list": ExecCommand(
            values: ["-L", "--limit", "-b", "--branch", "-s", "--status", "-c", "--commit", "-e", "--event", "--json"],
            operands: .none,
            style: .gh
        ),
        "run view": ExecCommand(
            flags: ["--log", "--log-failed", "-v", "--verbose", "--exit-status"],
            values: ["-j", "--job", "--json"],
            operands: .reference,
            style: .gh
        ),
    ]

    private static func list(_ more: Set<String>) -> ExecCommand {
        ExecCommand(
            flags: ["-d", "--draft"],
            values: more.union(["-L", "--limit", "-s", "--state", "-l", "--label", "-S", "--search", "--json"]),
            operands: .none,
            style: .gh
        )
    }

    private static func view(_ flags: Set<String>) -> ExecCommand {
        ExecCommand(flags: flags, values: ["--json"], operands: .reference, style: .gh)
    }
}
