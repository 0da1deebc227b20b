import ArgumentParser
import OrchCore
import OrchStore
import SQLite

/// `orch follow`.
struct FollowCommand: ContextCommand {
    /// How an event is written.
    enum Format: String, Sendable, CaseIterable, ExpressibleByArgument {
        case text, jsonl
    }

    static let configuration = CommandConfiguration(
        commandName: "follow",
        abstract: "Stream what happens, as it happens",
        discussion: """
            One numbered line an event: time, agent, kind, what happened. Ends on Ctrl-C, or when its reader goes away. \
            It only reads: any number may follow one hub, and --since-seq takes up where one ended. Gates that open are left \
            out of the text; --kind gate, and jsonl, have them.
            """
    )

    @Option(help: ArgumentHelp("Start after this event; 0 starts at the very first.", valueName: "seq"))
    var sinceSeq: Int64?

    @Option(help: ArgumentHelp("Without --since-seq: how many past events to show first.", valueName: "count"))
    var backlog: Int = 20

    @Option(help: ArgumentHelp("How to write them: text or jsonl.", valueName: "format"))
    var format: Format = .text

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Only this agent.", valueName: "name"),
        completion: .custom(Completions.agents)
    )
    var agent: String?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Only this issue.", valueName: "number"),
        completion: .custom(Completions.issues)
    )
    var issue: IssueNumber?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Only this kind (turn.completed) or noun (turn).", valueName: "kind")
    )
    var kind: String?

    @Flag(help: "End as soon as there is nothing more to show.")
    var noWait = false

    @OptionGroup var place: PlaceOptions

    func validate() throws {
        if let sinceSeq, sinceSeq < 0 { throw ValidationError("--since-seq must not be negative.") }
        if !(0...1_000_000).contains(backlog) { throw ValidationError("--backlog must be between 0 and 1000000.") }
    }

    func run(_ context: Context) async throws {
        let db = try place.database(context)
        let start: Int64 = try sinceSeq ?? max(0, (db.scalar("SELECT max(seq) FROM event") ?? 0) - Int64(backlog))
        var events = try EventFollower(db, after: start, ReportFilter(agent: agent, issue: issue?.value, status: kind))
        guard !noWait else {
            while try show(&events, context.output) {}
            return
        }
        if let kind, try db.scalar("SELECT 1 FROM report_events WHERE kind GLOB ? || '*' LIMIT 1", kind) as Int? == nil
        {
            context.output.note("Note: nothing of the kind \(SafeText.line(kind)) has happened yet.")
        }
        try await Interruption.watch { interruption in
            while !interruption.happened {
                guard try !show(&events, context.output) else { continue }
                // Without news nothing is written that would find it out.
                guard context.output.isRead else { return }
                await interruption.pause(milliseconds: 100)
            }
        }
    }

    /// Writes the next events and hands them on at once; false when there were none.
    private func show(_ events: inout EventFollower, _ output: Output) throws -> Bool {
        let rows = try events.next(limit: 500)
        guard !rows.isEmpty else { return false }
        switch format {
        case .text:
            let line = EventLine(output: output)
            for event in rows.map({ FeedEvent($0, events.columns) }) where kind != nil || EventLine.isWorthALine(event)
            {
                try output.line(line.text(event))
            }
        case .jsonl: try output.table(ReportTable(columns: events.columns, rows: rows), .jsonl)
        }
        try output.flush()
        return true
    }
}
