import ArgumentParser
import OrchStore
import Workspaces

/// `orch init`.
struct InitCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Prepare this repository: .orch, WORKFLOW.md, git's exclude list",
        discussion: """
            Makes the database in .orch, tells git (in .git/info/exclude, not in .gitignore) to leave .orch and .worktrees \
            alone, and writes a WORKFLOW.md to edit, if there is none. Nothing that exists is changed; it may be run again.
            """
    )

    @Flag(help: "Write no WORKFLOW.md.")
    var noWorkflow = false

    @OptionGroup var place: PlaceOptions

    func run(_ context: Context) async throws {
        let repository = try await place.repository(context)
        let folder = OrchFolder(repository: repository.root)
        _ = try Store.open(folder, role: .client, nowMs: context.nowMs())
        let note = context.output.note
        note("The database is \(folder.database).")
        if try ExcludeList(gitFolder: repository.gitDir).add(["/.orch/", "/.worktrees/"]) {
            note("Git leaves .orch and .worktrees alone (\(repository.gitDir)/info/exclude).")
        }
        if !noWorkflow, try WorkflowFile(repository: repository.root).writeIfMissing() {
            note("WORKFLOW.md holds the settings and the prompt: edit and commit it (the hub reads what is committed).")
        }
        note("Next: orch issue new \"…\" --queue, then orch daemon --autopilot-on")
    }
}
