/// Settings that keep git from running other programs, whatever a repository's configuration says.
///
/// An agent can write its worktree and its worktree's own git folder. What git reads there must not make the hub, which has no sandbox, run
/// anything: hooks, file system monitors, pagers, external diffs, text converters, and repositories nested in the worktree.
enum GitHardening {
    /// The settings, the strongest form: they come before the command, so that nothing in a configuration file wins over them.
    static let settings: [(key: String, value: String)] = [
        ("core.hooksPath", "/dev/null"),
        ("core.fsmonitor", "false"),
        ("core.pager", "cat"),
        ("core.editor", "false"),
        ("core.askPass", "false"),
        ("core.sshCommand", "false"),
        ("core.quotePath", "false"),
        ("credential.helper", ""),
        ("diff.submodule", "short"),
        ("diff.ignoreSubmodules", "all"),
        ("status.submoduleSummary", "false"),
        ("submodule.recurse", "false"),
        ("fetch.recurseSubmodules", "false"),
        ("protocol.ext.allow", "never"),
        ("log.showSignature", "false"),
        ("commit.gpgSign", "false"),
        ("tag.gpgSign", "false"),
        ("gc.auto", "0"),
        ("maintenance.auto", "false"),
        ("color.ui", "false"),
        ("advice.addEmbeddedRepo", "false"),
        ("advice.detachedHead", "false"),
    ]

    /// The settings as `-c` options.
    static let options: [String] = settings.flatMap { ["-c", "\($0.key)=\($0.value)"] }

    /// The settings as variables, for programs that call git themselves (git 2.31 and later).
    static let variables: [String: String] = {
        var variables = ["GIT_CONFIG_COUNT": String(settings.count)]
        for (index, setting) in settings.enumerated() {
            variables["GIT_CONFIG_KEY_\(index)"] = setting.key
            variables["GIT_CONFIG_VALUE_\(index)"] = setting.value
        }
        return variables
    }()

    /// The settings of commands that talk to a remote, for the user: those that keep the user's own ways to log in from working are left
    /// out, and those that would move more than was asked are added.
    static let remoteSettings: [(key: String, value: String)] =
        settings.filter { !["core.askPass", "core.sshCommand", "credential.helper"].contains($0.key) } + [
            ("credential.interactive", "false"),
            ("fetch.writeCommitGraph", "false"),
            ("push.followTags", "false"),
            ("push.recurseSubmodules", "no"),
        ]

    /// Options that a subcommand needs besides, directly after its name.
    static func options(for subcommand: String) -> [String] {
        switch subcommand {
        case "diff": ["--no-ext-diff", "--no-textconv", "--ignore-submodules=all"]
        case "show", "log", "whatchanged": ["--no-ext-diff", "--no-textconv"]
        case "blame": ["--no-textconv"]
        case "status": ["--ignore-submodules=all"]
        default: []
        }
    }

    /// Settings that a worktree's own configuration may have: what `git sparse-checkout` writes.
    ///
    /// None of them runs a program.
    static let harmlessWorktreeSettings: Set<String> = [
        "core.sparsecheckout", "core.sparsecheckoutcone", "index.sparse", "core.worktree", "core.bare",
    ]
}
