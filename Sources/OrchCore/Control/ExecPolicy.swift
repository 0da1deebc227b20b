/// Decides whether a command that the orchestrator wants may run at all.
///
/// `exec` runs without a shell, only with dangerous mode and autopilot both on. This is the last fence, and an allow-list: `git` and `gh`
/// with the subcommands and the exact options named in `ExecCommand`; whatever is not named is refused. Left out on purpose: everything that
/// changes a repository (`commit` runs hooks, `fetch` and `push` run transports), everything that runs another program (`-c`, `--exec-path`,
/// `--upload-pack`, `--ext-diff`, `difftool`, `bisect run`, `rebase -x`, aliases, extensions, pagers, editors, browsers), everything that
/// reads or writes elsewhere (`-C`, `--git-dir`, `--output`, `--no-index`, absolute paths, `..`), and what shows the hub's environment
/// (`gh … --jq`). Options can't be abbreviated. The performer runs `hardened(argv)` with `environment`, which switches off what the
/// repository's own configuration could run; a filter driver (`filter.x.clean`) can't be switched off that way.
package enum ExecPolicy {
    /// The most arguments, the program included.
    package static let argumentLimit = 64
    /// The longest argument in bytes.
    package static let argumentBytes = 16_384

    /// Why a command is refused; nil when it may run.
    package static func check(_ argv: [String]) -> String? {
        guard let program = argv.first else { return "exec: there is no command" }
        guard argv.count <= argumentLimit else { return "exec: more than \(argumentLimit) arguments" }
        if argv.contains(where: { $0.utf8.count > argumentBytes }) {
            return "exec: an argument is longer than \(argumentBytes) bytes"
        }
        if argv.contains(where: { $0.utf8.contains(0) }) { return "exec: an argument has a NUL byte in it" }
        switch program {
        case "git": return git(Array(argv.dropFirst()))
        case "gh": return gh(Array(argv.dropFirst()))
        default: return "exec: only git and gh may run, by these names: `\(shown(program))` may not"
        }
    }

    /// The command as it is to be run: options in front that switch off what a repository's configuration could run.
    ///
    /// - Parameter argv: a command that `check` lets pass.
    /// - Returns: the same for `gh`; for `git` the same command with its configuration overridden.
    package static func hardened(_ argv: [String]) -> [String] {
        guard argv.first == "git", argv.count > 1 else { return argv }
        let overrides = [
            "core.fsmonitor=false", "core.hooksPath=/dev/null", "core.pager=cat", "core.editor=false",
            "diff.ignoreSubmodules=all",
            "log.showSignature=false", "protocol.allow=never", "color.ui=false",
        ]
        let isDiff = ["diff", "log", "show", "blame"].contains(argv[1])
        return ["git", "--no-pager"] + overrides.flatMap { ["-c", $0] } + [argv[1]]
            + (isDiff ? ["--no-textconv"] + (argv[1] == "blame" ? [] : ["--no-ext-diff"]) : []) + argv.dropFirst(2)
    }

    /// What is set in the command's environment, over the little that the performer passes on.
    package static let environment: [String: String] = [
        "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_PAGER": "cat", "PAGER": "cat",
        "GIT_EDITOR": "false",
        "EDITOR": "false", "GIT_ASKPASS": "false", "SSH_ASKPASS": "false", "GH_PAGER": "cat", "GH_PROMPT_DISABLED": "1",
        "GH_NO_UPDATE_NOTIFIER": "1", "GH_BROWSER": "false", "BROWSER": "false", "GH_EDITOR": "false", "NO_COLOR": "1",
    ]

    private static func git(_ arguments: [String]) -> String? {
        guard let name = arguments.first else {
            return "exec: git needs a subcommand, one of \(ExecCommand.names(of: ExecCommand.git))"
        }
        guard name.utf8.first != UInt8(ascii: "-") else {
            return "exec: git's own options (\(shown(name))) are not allowed: begin with the subcommand"
        }
        guard let command = ExecCommand.git[name] else {
            return "exec: `git \(shown(name))` is not allowed; allowed are \(ExecCommand.names(of: ExecCommand.git))"
        }
        for argument in arguments.dropFirst() {
            if let why = leavesTheWorktree(argument) { return "exec: git \(name): `\(shown(argument))` \(why)" }
        }
        return command.check(Array(arguments.dropFirst()), called: "git \(name)")
    }

    private static func gh(_ arguments: [String]) -> String? {
        guard arguments.count >= 2, let command = ExecCommand.gh["\(arguments[0]) \(arguments[1])"] else {
            let name = arguments.prefix(2).map(shown).joined(separator: " ")
            return "exec: `gh \(name)` is not allowed; allowed are \(ExecCommand.names(of: ExecCommand.gh))"
        }
        return command.check(Array(arguments.dropFirst(2)), called: "gh \(arguments[0]) \(arguments[1])")
    }

    /// What is wrong with an argument that git may take for a path or an address.
    private static func leavesTheWorktree(_ argument: String) -> String? {
        let value =
            argument.utf8.first == UInt8(ascii: "-")
            ? argument.split(separator: "=", maxSplits: 1).dropFirst().first ?? "" : argument[...]
        if value.hasPrefix("/") || value.hasPrefix("~") { return "is a path outside the worktree" }
        if value.split(separator: "/", omittingEmptySubsequences: false).contains("..") {
            return "leads out of the worktree"
        }
        if value.contains("::") { return "names a transport that runs a program" }
        // A signature is checked by running the program that the configuration names.
        if value.contains("%G") || value.contains("%(signature") { return "asks for a signature, which runs a program" }
        return nil
    }

    /// A part of a command, safe in a message.
    static func shown(_ text: String) -> String { SafeText.line(Clip.characters(text, 60)) }
}
