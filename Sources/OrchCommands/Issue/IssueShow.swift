import ArgumentParser
import GitHub
import Glibc
import OrchStore
import Settings
import Workspaces

/// `orch issue show`.
struct IssueShow: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show an issue: its charter, state and comments",
        discussion: """
            `orch explain` says why it is (not) running, `orch query turns --issue N` what was done.

            Issues of GitHub are shown as the hub saw them last; one that was never handed to the hub is asked for there.
            """
    )

    @Argument(help: ArgumentHelp("The issue's number.", valueName: "number"), completion: .custom(Completions.issues))
    var number: IssueNumber

    @Flag(help: "Print it as JSON, with its whole text.")
    var json = false

    @OptionGroup var place: PlaceOptions

    func run(_ context: Context) async throws {
        if let issue = try stored(context) {
            if json { return try context.output.json(issue.json) }
            return try IssueSheet(issue: issue, nowMs: context.nowMs()).write(to: context.output)
        }
        guard let project = try await project(context) else {
            _ = try place.folder(context)
            throw StoredIssue.missing(number.value)
        }
        let issue = try await remote(project)
        if json { return try context.output.json(issue.json) }
        try issue.write(to: context.output, nowMs: context.nowMs())
    }

    private func stored(_ context: Context) throws -> StoredIssue? {
        guard let folder = try OrchFolder.find(from: place.start(context)), access(folder.database, F_OK) == 0 else {
            return nil
        }
        return try StoredIssue.find(number.value, in: place.database(context))
    }

    /// Where else it may be; nil when it can't be anywhere.
    private func project(_ context: Context) async throws -> GitHubProject? {
        do {
            return try await TrackerInUse.project(place, context)
        } catch is WorkspaceError, is SettingsError {
            // No repository, or settings that name no tracker: that there is no such issue here is what was asked.
            return nil
        }
    }

    private func remote(_ project: GitHubProject) async throws -> RemoteIssue {
        do {
            return try await project.visit { try await RemoteIssue.ask(number.value, $0) }
        } catch let error as GitHubError where error.code == .notFound || error.code == .gone {
            throw CommandError(
                .notFound,
                "there is no issue #\(number.value) at GitHub\(project.settings.repository.map { " in \($0)" } ?? "")",
                hint: "`orch issue list --all` shows those in the hub's hands; `gh issue list` all"
            )
        }
    }
}
