import ArgumentParser
import Settings

/// Which GitHub repository is meant, as options.
struct GitHubOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The GitHub repository with the issues (default: what WORKFLOW.md or the git remote says).",
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

    /// What they say of the settings.
    var overrides: SettingsOverrides {
        var overrides = SettingsOverrides()
        overrides.repository = repo
        overrides.apiURL = githubApiUrl
        return overrides
    }
}
