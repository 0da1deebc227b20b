import ArgumentParser
import GitHub
import OrchCore
import OrchStore
import Settings
import Workspaces

/// `orch init`.
struct InitCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Prepare this repository: .orch, WORKFLOW.md, git's exclude list, GitHub's labels",
        discussion: """
            Makes the database in .orch, tells git (in .git/info/exclude, not in .gitignore) to leave .orch and .worktrees \
            alone, and writes a WORKFLOW.md to edit, if there is none. Nothing that exists is changed; it may be run again.

            Where the git remote leads to GitHub, WORKFLOW.md says that its issues are worked on (--local: issues of orch's \
            own), the labels that are missing there are made, and the checks of `orch doctor` are run. Without a token the part \
            on this machine is done, what is left is told, and the exit code is 1.
            """
    )

    @Flag(help: "Write no WORKFLOW.md.")
    var noWorkflow = false

    @Flag(help: "Work on issues of orch's own (`orch issue`), also in a clone of a GitHub repository.")
    var local = false

    @Flag(
        help: ArgumentHelp(
            "Write .github/workflows/labels-to-project.yml, and do nothing else.",
            discussion:
                "A GitHub Action that keeps the Status of a GitHub Project as the labels are; its first lines say how to set it up."
        )
    )
    var projectsWorkflow = false

    @Flag(help: "Let --projects-workflow write over a file that differs.")
    var force = false

    @OptionGroup(title: "GitHub") var gitHub: GitHubOptions
    @OptionGroup var place: PlaceOptions

    func validate() throws {
        if local, gitHub.repo != nil { throw ValidationError("--local contradicts --repo.") }
        if local, gitHub.githubApiUrl != nil { throw ValidationError("--local contradicts --github-api-url.") }
        if force, !projectsWorkflow { throw ValidationError("--force goes with --projects-workflow.") }
    }

    func run(_ context: Context) async throws {
        let repository = try await place.repository(context)
        if projectsWorkflow { return try await writeProjectsWorkflow(repository, context) }
        let tracker = try await InitTracker.choose(repository, isLocal: local, gitHub, context)
        try makeLocalPart(repository, tracker.project, context)
        if let note = tracker.note { context.output.note(note) }
        guard let project = tracker.project else {
            return context.output.note("Next: orch issue new \"…\" --queue, then orch daemon --autopilot-on")
        }
        try await GitHubSetUp(project: project, place: place, options: gitHub, context: context).run()
        let labels = project.settings.labels
        let name = try await project.visit { $0.repository }
        context.output.note(
            """
            Next: commit and push WORKFLOW.md, start orch daemon --autopilot-on, and add the labels \(labels.orchestrate) and \
            \(labels.queued) to an issue of \(name)
            """
        )
    }

    private func makeLocalPart(_ repository: GitRepository, _ project: GitHubProject?, _ context: Context) throws {
        let note = context.output.note
        let folder = OrchFolder(repository: repository.root)
        _ = try Store.open(folder, role: .client, nowMs: context.nowMs())
        note("The database is \(folder.database).")
        if try ExcludeList(gitFolder: repository.gitDir).add(["/.orch/", "/.worktrees/"]) {
            note("Git leaves .orch and .worktrees alone (\(repository.gitDir)/info/exclude).")
        }
        let workflow = WorkflowFile(repository: repository.root)
        let lines = project.map { _ in WorkflowFile.GitHub(repository: gitHub.repo, apiURL: gitHub.githubApiUrl) }
        if !noWorkflow, try workflow.writeIfMissing(lines) {
            note("WORKFLOW.md holds the settings and the prompt: edit and commit it (the hub reads what is committed).")
        } else if project != nil,
            try RepositorySettings.draft(repository, environment: context.environment)?.tracker != .github
        {
            note("Start the daemon with --repo, or put `tracker: github` below `orch:` in WORKFLOW.md.")
        }
    }

    private func writeProjectsWorkflow(_ repository: GitRepository, _ context: Context) async throws {
        let committed = try await RepositorySettings.load(repository, environment: context.environment)
        let draft = try RepositorySettings.draft(repository, environment: context.environment)
        let file = ProjectsWorkflow(labels: (draft ?? committed).labels)
        let path = repository.root + "/" + ProjectsWorkflow.path
        switch try file.write(to: path, force: force) {
        case .there: context.output.note("\(ProjectsWorkflow.path) is there already, as orch writes it.")
        case .written: context.output.note("\(ProjectsWorkflow.path) is written.")
        }
        context.output.note(
            """
            Next: make a token with the scopes project and repo, then
              gh secret set \(ProjectsWorkflow.secret)
              gh variable set PROJECT_URL --body https://github.com/orgs/OWNER/projects/NUMBER
            and commit and push the file to the default branch.
            """
        )
    }
}
