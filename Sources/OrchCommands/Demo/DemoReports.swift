import OrchCore
import OrchStore
import SQLite

/// What the demo shows at its end: the questions one would ask, with their answers.
struct DemoReports {
    let folder: DemoFolder
    let context: Context

    private var output: Output { context.output }

    /// Writes the reports, the branches, and where to look next.
    func write() async throws {
        let db = try Store.open(OrchFolder(repository: folder.repository), role: .readOnly, nowMs: context.nowMs())
        for kind in [
            ReportKind.issues, .agents, .turns, .decisions, .stalls, .approvals, .artifacts, .budgets, .tokens,
        ] {
            try ask("orch query \(kind.rawValue)", kind, ReportFilter(), db)
        }
        try ask("orch query events --status issue", .events, ReportFilter(status: "issue"), db)
        try ask("orch query timeline --limit 30", .timeline, ReportFilter(limit: 30), db)
        try ask("orch explain 2")
        try output.line(SafeText.line(Reports.explain(issue: 2, nowMs: context.nowMs(), db).verdict))
        try ask("git log --oneline --graph --decorate --all")
        try output.write(
            SafeText.block(try await folder.git(["log", "--oneline", "--graph", "--decorate", "--all"], context))
        )
        try output.line()
        try output.line(output.ink(.bold, "Where to look next"))
        for line in Self.next { try output.line("  " + line) }
    }

    private func ask(_ command: String, _ kind: ReportKind, _ filter: ReportFilter, _ db: Connection) throws {
        try ask(command)
        try output.report(kind, filter, .table, db)
    }

    private func ask(_ command: String) throws {
        try output.line()
        try output.line(output.ink(.bold, "$ \(command)"))
        // What is told beside the data (that there is none) comes below.
        try output.flush()
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
