import ArgumentParser
import OrchCore
import OrchStore
import Workspaces

/// `orch undo`.
struct UndoCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: "Bring back work that was put aside: merged branches, uncommitted files",
        discussion: """
            Before orch removes a worktree or a merged branch, it saves what is in it, untracked files included (not ignored \
            ones). `orch undo` lists what is saved, and brings one back: its branch, and its uncommitted files in a worktree of \
            their own. Nothing that is there now is changed, what was saved stays saved, and no daemon is needed.

              orch undo                 list
              orch undo iss-12          the last work of this agent
              orch undo '#12'           the last work on this issue
              orch undo iss-12/1767225600000
            """
    )

    @Argument(
        help: ArgumentHelp("What to bring back: a name in the list, an agent, or #ISSUE.", valueName: "saved"),
        completion: .custom(Completions.agents)
    )
    var saved: String?

    @Flag(name: [.short, .long], help: "List what is saved, of an agent or issue when one is named.")
    var list = false

    @OptionGroup var format: FormatOptions
    @OptionGroup var place: PlaceOptions

    func validate() throws {
        if saved != nil, !list, let format = format.format, format != .table, format != .json {
            throw ValidationError("--format \(format.rawValue) is for the list; add --list, or use --json.")
        }
    }

    func run(_ context: Context) async throws {
        let repository = try await place.repository(context)
        let all = try await repository.savedWork()
        guard let saved else { return try write(all, context) }
        let name = try SavedName(saved, place, context)
        let matches = all.filter(name.matches)
        if list { return try write(matches, context) }
        guard let choice = SavedName.best(of: matches) else {
            throw CommandError(
                .notFound,
                "nothing is saved of \(SafeText.line(saved))",
                hint: all.isEmpty ? "nothing at all is saved in this repository" : "`orch undo` lists what is saved"
            )
        }
        let folder = try await WorktreesFolder.find(repository, place, context)
        let restored = try await repository.restore(choice.ref, worktreesFolder: folder)
        if format.chosen == .json { return try context.output.json(restored.json) }
        try restored.write(to: context.output, nowMs: context.nowMs())
        if matches.count > 1 {
            context.output.note("\(matches.count - 1) more saved: orch undo --list \(SafeText.line(saved))")
        }
    }

    private func write(_ works: [SavedWork], _ context: Context) throws {
        try context.output.table(SavedWork.table(works), format.chosen, nothing: "Nothing is saved.")
    }
}
