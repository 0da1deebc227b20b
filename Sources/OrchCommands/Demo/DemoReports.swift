import OrchCore
import OrchStore

/// What the demo shows at its end: the questions one would ask, with their answers.
struct DemoReports {
    let folder: DemoFolder
    let context: Context

    private var output: Output { context.output }

    /// Writes the reports, the branches, and where to look next.
    func write() async throws {
        let db = try Store.open(OrchFolder(repository: folder.repository), role: .readOnly, nowMs: context.nowMs())
        for kind in [ReportKind.issues, .agents, .decisions, .tokens] {
            try ask("orch query \(kind.rawValue)")
            try output.report(kind, ReportFilter(), .table, db)
        }
        try ask("orch query timeline --limit 30")
        try output.report(.timeline, ReportFilter(limit: 30), .table, db)
        try ask("git log --oneline --graph --decorate --all")
        try output.write(
            SafeText.block(try await folder.git(["log", "--oneline", "--graph", "--decorate", "--all"], context))
        )
        try output.line()
        try output.line(output.ink(.bold, "Where to look next"))
        for line in Self.next { try output.line("  " + line) }
    }

    private func ask(_ command: String) throws {
        try output.line()
        try output.line(output.ink(.bold, "$ \(command)"))
    }

    private static let next = [
        "orch demo --keep                 the same, and the repository stays for you to look at",
        "orch init                        in a repository of yours",
        "orch issue new \"…\" --queue       says what is to be done",
        "orch daemon --autopilot-on       has it done, with your Codex login",
        "orch follow, orch explain 2      what happens, and why not",
        "orch query --help                everything that can be asked",
    ]
}
