import ArgumentParser

/// Where the issues are.
struct TrackerFlags: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Work on the issues of this GitHub repository (default: the local ones of `orch issue`).",
            discussion: "The same as `tracker: github` and `repo:` in WORKFLOW.md.",
            valueName: "owner/name"
        )
    )
    var repo: String?

    @Option(
        help: ArgumentHelp(
            "The address of GitHub's API (default: that of GH_HOST, else github.com).",
            valueName: "url"
        )
    )
    var githubApiUrl: String?

    @Option(help: ArgumentHelp("Seconds between two looks at GitHub (default: 25).", valueName: "n"))
    var pollSecs: Int?

    @Option(
        help: ArgumentHelp("Minutes without a sign of life before an agent is stalled (default: 30).", valueName: "n")
    )
    var staleMinutes: Int?
}
