import Glibc
import Hub
import OrchCore
import OrchStore
import SQLite

/// The prompt: one line after the other, and what happened between them.
final class Repl {
    private let folder: OrchFolder
    private let context: Context
    private let db: Connection
    private let isInteractive: Bool
    /// Where lines come from when nobody types them.
    private var reader: LineReader
    /// Where they come from when somebody does.
    private let prompt: Prompt?
    private var feed: ReplFeed
    private var done = 0
    private var failed = 0

    private var output: Output { context.output }

    /// A session on a hub.
    init(folder: OrchFolder, context: Context) throws {
        self.folder = folder
        self.context = context
        db = try Store.open(folder, role: .readOnly, nowMs: context.nowMs())
        isInteractive = context.input.isTerminal && context.output.isTerminal
        reader = LineReader(context.input)
        prompt = isInteractive ? Prompt(context.input, context.output, mode: context.input.keys) : nil
        feed = try ReplFeed(db, context.output)
    }

    /// Runs it to its end.
    ///
    /// - Throws: `CommandError` (`refused`) when lines of a script were not done; nothing for what a person saw fail.
    func run() async throws {
        await greet()
        try await Interruption.watch { interruption in try await loop(interruption) }
        guard failed == 0 || isInteractive else {
            throw CommandError(.refused, "\(failed) of \(done) lines were not done")
        }
    }

    private func greet() async {
        let git = await head()
        output.note("orch \(OrchVersion.text)  \(folder.repository)\(git.isEmpty ? "" : "  \(SafeText.line(git))")")
        if HubPresence.daemon(folder) == nil {
            output.note(
                "No daemon runs: what is asked for here waits until `orch daemon` is started in another terminal."
            )
        }
        if isInteractive { output.note("A line goes to the orchestrator; :help lists the commands, :quit ends.") }
    }

    /// The branch and commit that are checked out; nothing where git can't say.
    private func head() async -> String {
        func git(_ arguments: [String]) async -> String {
            let answer = try? await ProgramOutput.of(  // a greeting is no place to complain of git
                "git",
                arguments,
                in: folder.repository,
                environment: context.environment
            )
            return answer.map { $0.status == 0 ? $0.output.split(separator: "\n").first.map(String.init) ?? "" : "" }
                ?? ""
        }
        let branch = await git(["branch", "--show-current"])
        return [branch, await git(["log", "-1", "--format=%h %s"])].filter { !$0.isEmpty }.joined(separator: "  ")
    }

    private func loop(_ interruption: Interruption) async throws {
        defer { prompt?.leave() }
        while !interruption.isTerminated {
            switch try prompt?.next() ?? reader.next() {
            case .end: return try tell()
            case .line(let text):
                let goesOn = await perform(text, interruption)
                try tell()
                guard goesOn else { return }
            case .nothingYet:
                if interruption.take() { try refuseToEnd() }
                try tell()
                guard output.isRead else { return }
                await context.input.wait(atMostMs: 100)
            }
        }
    }

    /// Ctrl-C takes back what was typed; it ends a command, not the session.
    private func refuseToEnd() throws {
        guard let prompt else { throw CommandError(.interrupted, "the session was interrupted") }
        if try !prompt.cancel() { output.note("Ctrl-D or :quit ends the session.") }
    }

    /// Shows what happened, above the prompt.
    private func tell() throws {
        let lines = try feed.next()
        guard !lines.isEmpty else { return }
        try prompt?.hide()
        for line in lines { try output.line(line) }
        try output.flush()
    }

    /// Does a line; false when it was the last.
    private func perform(_ text: String, _ interruption: Interruption) async -> Bool {
        do {
            let line = try ReplLine.read(text)
            switch line {
            case .nothing: return true
            case .quit: return false
            case .help: try output.write(ReplVerbs.help)
            case .tail(let name): try feed.follow(name)
            case .stateFeed(let isOn): feed.isOn = isOn
            case .brief(let number): await run(try brief(number), interruption)
            case .run(let arguments):
                await run(arguments, interruption)
                if arguments.first == "follow" { try feed.skip() }
            }
            if case .run = line { return true }
            if case .brief = line { return true }
            done += 1
            try output.flush()
        } catch {
            done += 1
            failed += 1
            if let failure = ErrorWords.words(for: error) {
                output.show(failure)
            } else {
                output.note("Error: \(error)")
            }
        }
        return true
    }

    /// Runs a command line of orch as the program would.
    private func run(_ arguments: [String], _ interruption: Interruption) async {
        output.measure()
        var inner = context
        // A script's next lines are not a command's input.
        if !isInteractive { inner.input = MemoryInput([]) }
        done += 1
        let status = await interruption.endingOnSecond { await CommandLineTool.run(arguments, inner) }
        if status != 0 { failed += 1 }
        _ = interruption.take()
    }

    private func brief(_ number: Int) throws -> [String] {
        let issue = try StoredIssue.require(number, in: db).record
        try IssueSheet(issue: StoredIssue.require(number, in: db), nowMs: context.nowMs()).write(to: output)
        try output.flush()
        return ["send", "orchestrator", "--", "Issue #\(number): \(issue.title)\n\n\(issue.body)"]
    }
}
