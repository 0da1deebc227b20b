import CodexAppServer
import Hub
import OrchCore
import OrchStore
import OrchTestSupport
import SQLite
import Testing
import Workspaces

@testable import OrchCommands

/// Errors become words and exit codes in one place.
@Suite struct ErrorTests {
    @Test(arguments: [
        ["--no-such-flag"], ["frobnicate"], ["issue", "show"], ["issue", "show", "zero"], ["issue", "show", "0"],
        ["wip", "-1"],
        ["daemon", "--checkin", "soon"], ["daemon", "--autopilot-on", "--autopilot-off"],
        ["query", "issues", "--format", "xml"],
        ["query", "events", "--since", "yesterday-ish"], ["query", "turns", "--limit", "-1"], ["autopilot", "maybe"],
        ["issue", "label", "3"], ["issue", "label", "3", "--add", "a", "--remove", "a"], ["agent", "budget", "iss-1"],
        ["issue", "new", "a", "--body", "x", "--body-file", "y"], ["query", "issues", "--json", "--format", "csv"],
    ]) func `a wrong command line is told with exit code 64 and no output`(arguments: [String]) async {
        let result = await Console().run(arguments)
        #expect(result.status == 64)
        #expect(result.out.isEmpty)
        #expect(result.err.hasPrefix("Error: "))
    }

    @Test(arguments: [
        (["explain", "-1"], "'-1' was read as an option: numbers of orch are not negative"),
        (["wip", "-1"], "numbers of orch are not negative"),
        (["issue", "comment", "1", "- an item"], "put -- before the first text that begins with a dash"),
    ]) func `a value that begins with a dash is told as such`(arguments: [String], hint: String) async {
        let result = await Console().run(arguments)
        #expect(result.status == 64)
        #expect(result.err.contains("Hint:  "))
        #expect(result.err.contains(hint))
    }

    @Test func `a folder that is not there is told as such`() async throws {
        let folder = try TemporaryDirectory()
        let console = Console(directory: folder.path)
        #expect(await console.run("status", "--cwd", "/nowhere").status == 66)
        #expect(await console.run("import", "--from", "/nowhere").status == 66)
        #expect(await console.run("artifact", "cat", "abc").status == 66)
    }

    @Test func `each kind of failure has its exit code`() {
        let cases: [(any Error, OrchCommands.ExitStatus)] = [
            (CommandError(.badData, "x"), .badData), (StoreError(.notFound, "x"), .notFound),
            (StoreError(.noDatabase, "x"), .notFound),
            (StoreError(.ambiguous, "x"), .usage), (StoreError(.refusedQuery, "x"), .usage),
            (StoreError(.invalidExport, "x"), .badData),
            (StoreError(.diskFull, "x"), .io), (StoreError(.corrupted, "x"), .io),
            (StoreError(.wrongVersion, "x"), .io),
            (StoreError(.busy, "x"), .temporary), (StoreError(.unwritable, "x"), .cannotCreate),
            (StoreError(.networkFileSystem, "x"), .cannotCreate), (HubLockError.held(nil, "x"), .temporary),
            (HubLockError.failed(StoreError(.readOnly, "x")), .io),
            (SQLiteError(extendedCode: 13, message: "full"), .io),
            (SQLiteError(extendedCode: 5, message: "busy"), .temporary),
            (SQLiteError(extendedCode: 19, message: "I5"), .internalError),
            (WorkspaceError(.gitMissing, "x"), .unavailable), (WorkspaceError(.notARepository, "x"), .notFound),
            (WorkspaceError(.emptyRepository, "x"), .unavailable), (AppServerError(.codexMissing, "x"), .unavailable),
            (AppServerError(.timeout, "x"), .temporary), (AppServerError(.configuration, "x"), .configuration),
            (CommandError(.interrupted, "x"), .interrupted),
            (HubError(.refused, "x"), .refused), (HubError(.notFound, "x"), .notFound), (SinkError.failed(28), .io),
        ]
        for (error, status) in cases { #expect(ErrorWords.words(for: error)?.status == status, "\(error)") }
    }

    @Test func `an unknown error is a defect`() {
        struct Strange: Error {}
        guard case .failed(let failure) = ErrorWords.verdict(on: Strange()) else {
            Issue.record("it was not called a failure")
            return
        }
        #expect(failure.status == .internalError)
        #expect(failure.hint?.contains("report") == true)
    }

    @Test func `a reader that goes away ends orch without a word`() async {
        let result = await Console().run("--help", closeAfter: 10)
        #expect(result.status == 0)
        #expect(result.err.isEmpty)
    }

    @Test func `what an error quotes can't reach the terminal raw`() async {
        let result = await Console().run("issue", "new", "a\u{1B}[31mred")
        #expect(result.status == 64)
        #expect(result.err.contains("␛[31mred"))
        #expect(!result.err.utf8.contains(0x1B))
        #expect(result.err.contains("U+001B"))
    }

    @Test func `a folder without a hub is named, with what to do`() async throws {
        let folder = try TemporaryDirectory()
        let result = await Console(directory: folder.path).run("status")
        #expect(result.status == 66)
        #expect(result.err.contains("there is no .orch folder in \(folder.path)"))
        #expect(result.err.contains("Hint:  run `orch init`"))
    }
}
