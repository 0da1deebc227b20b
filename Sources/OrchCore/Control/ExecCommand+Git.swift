extension ExecCommand {
    /// The git subcommands that may run: all of them only read.
    static let git: [String: ExecCommand] = [
        "status": ExecCommand(
            flags: [
                "-s", "--short", "-b", "--branch", "--porcelain", "--porcelain=v1", "--porcelain=v2", "-z",
                "--ahead-behind",
                "--untracked-files=all", "--untracked-files=normal", "--untracked-files=no", "--ignored",
                "--no-renames",
            ]),
        "log": ExecCommand(flags: diffFlags.union(logFlags), values: diffValues.union(logValues)),
        "show": ExecCommand(flags: diffFlags.union(logFlags), values: diffValues.union(logValues)),
        "diff": ExecCommand(
            flags: diffFlags.union(["--cached", "--staged", "--merge-base", "--exit-code", "--quiet"]),
            values: diffValues
        ),
        "branch": ExecCommand(
            flags: [
                "--list", "-a", "--all", "-r", "--remotes", "-v", "-vv", "--verbose", "--show-current", "-i",
                "--ignore-case",
            ],
            values: ["--contains", "--no-contains", "--merged", "--no-merged", "--points-at", "--sort", "--format"],
            operands: .whenListing(listing)
        ),
        "tag": ExecCommand(
            flags: ["--list", "-i", "--ignore-case"],
            values: ["--contains", "--no-contains", "--merged", "--no-merged", "--points-at", "--sort", "--format"],
            operands: .whenListing(listing)
        ),
        "worktree": ExecCommand(flags: ["--porcelain", "-v", "-z"], operands: .exactly("list")),
        "rev-parse": ExecCommand(
            flags: [
                "--verify", "-q", "--quiet", "--short", "--abbrev-ref", "--symbolic-full-name", "--show-toplevel",
                "--show-prefix",
                "--is-inside-work-tree", "--is-bare-repository",
            ],
            values: ["--short", "--abbrev-ref"]
        ),
        "rev-list": ExecCommand(
            flags: [
                "--count", "--all", "--left-right", "--first-parent", "--reverse", "--merges", "--no-merges",
                "--cherry-pick", "-<n>",
            ],
            values: ["-n", "--max-count", "--skip", "--since", "--until", "--author", "--grep"]
        ),
        "merge-base": ExecCommand(flags: ["--is-ancestor", "--all", "-a", "--octopus", "--independent", "--fork-point"]
        ),
        "ls-files": ExecCommand(
            flags: [
                "--cached", "-m", "--modified", "-d", "--deleted", "-o", "--others", "-s", "--stage", "-u",
                "--unmerged", "-z",
                "--exclude-standard", "-t",
            ]),
        "ls-tree": ExecCommand(flags: [
            "-r", "-t", "-d", "-l", "--long", "-z", "--name-only", "--name-status", "--full-tree",
        ]),
        "cat-file": ExecCommand(flags: ["-t", "-s", "-p", "-e"]),
        "blame": ExecCommand(
            flags: ["-l", "-s", "-e", "-w", "-M", "--porcelain", "--date=iso", "--root"],
            values: ["-L", "--since"]
        ),
        "shortlog": ExecCommand(
            flags: ["-s", "--summary", "-n", "--numbered", "-e", "--email", "--no-merges"],
            values: ["--since", "--until"]
        ),
        "describe": ExecCommand(
            flags: ["--tags", "--always", "--all", "--long", "--dirty"],
            values: ["--match", "--abbrev"]
        ),
        "for-each-ref": ExecCommand(values: [
            "--count", "--sort", "--format", "--contains", "--merged", "--no-merged", "--points-at",
        ]),
        "count-objects": ExecCommand(flags: ["-v", "-H", "--human-readable"], operands: .none),
    ]

    /// Each of these makes `branch` and `tag` list; without one of them a name would be created.
    private static let listing: Set<String> = [
        "--list", "--contains", "--no-contains", "--merged", "--no-merged", "--points-at",
    ]
    private static let diffFlags: Set<String> = [
        "-p", "-u", "--patch", "-s", "--no-patch", "--stat", "--numstat", "--shortstat", "--summary", "--name-only",
        "--name-status", "--raw",
        "--patch-with-stat", "--compact-summary", "--dirstat", "-z", "-w", "-b", "--ignore-all-space",
        "--ignore-space-change",
        "--ignore-blank-lines", "--minimal", "--patience", "--histogram", "--word-diff", "--find-renames", "-M", "-C",
        "--find-copies",
        "--no-renames", "--check", "--full-index", "--binary", "-R", "-a", "--text", "--no-color", "--color=never",
        "-W", "--function-context",
        "--cc", "-m",
    ]
    private static let diffValues: Set<String> = [
        "-U", "--unified", "--diff-filter", "-S", "-G", "--stat-width", "--inter-hunk-context",
    ]
    private static let logFlags: Set<String> = [
        "--oneline", "--graph", "--decorate", "--no-decorate", "--all", "--branches", "--tags", "--remotes",
        "--reverse", "--merges",
        "--no-merges", "--first-parent", "--follow", "--abbrev-commit", "--left-right", "--cherry-pick",
        "--cherry-mark", "--topo-order",
        "--date-order", "--full-history", "--simplify-merges", "--boundary", "--name-only", "-<n>", "-i",
    ]
    private static let logValues: Set<String> = [
        "-n", "--max-count", "--skip", "--since", "--after", "--until", "--before", "--author", "--committer", "--grep",
        "--format",
        "--pretty", "--date", "--decorate", "-L",
    ]
}
