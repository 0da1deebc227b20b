import Foundation
import OrchStore
import OrchTestSupport
import Testing

/// Command lines that are wrong.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct BadArgumentsTests {
    /// Exit code, a part of the message, and the words: each a person's slip.
    private static let slips: [(Int32, String, [String])] = [
        (64, "Unknown option '--nope'", ["--nope"]), (64, "Unknown option '--nope'", ["daemon", "--nope"]),
        (64, "frobnicate", ["frobnicate"]), (64, "nothing", ["query", "nothing"]),
        // Durations and numbers.
        (64, "'soon' is no duration", ["daemon", "--budget", "soon"]),
        (64, "at least 1s", ["daemon", "--checkin", "0s"]), (64, "'5' is no duration", ["daemon", "--checkin", "5"]),
        (64, "'1e9d' is no duration", ["daemon", "--budget", "1e9d"]),
        (64, "'999999999999d' is no duration", ["daemon", "--budget", "999999999999d"]),
        (64, "--checkin", ["daemon", "--checkin", "-5m"]), (64, "'many'", ["daemon", "--wip", "many"]),
        (64, "between 0 and 1000", ["wip", "5000"]), (64, "'pigeon'", ["daemon", "--app-server", "pigeon"]),
        (64, "'later' is no duration", ["pause", "--wait", "later"]), (64, "'maybe'", ["autopilot", "maybe"]),
        (64, "is no duration", ["issue", "label", "1", "--add", "checkin:soon"]),
        (64, "budget:␛[31m", ["issue", "new", "Title", "--label", "budget:\u{1B}[31m"]),
        (64, "'yesterday' is no time", ["query", "events", "--since", "yesterday"]),
        (64, "'2026-02-30' is no time", ["query", "events", "--until", "2026-02-30"]),
        (64, "--limit", ["query", "issues", "--limit", "-1"]), (64, "'xml'", ["query", "issues", "--format", "xml"]),
        // Names and numbers of things that are not there.
        (66, "there is no issue #99", ["issue", "show", "99"]),
        (66, "there is no issue #99", ["issue", "close", "99"]),
        (66, "there is no issue #99", ["issue", "edit", "99", "--title", "New"]),
        (66, "there is no issue #99", ["issue", "comment", "99", "--body", "Text"]),
        (66, "there is no issue #99", ["issue", "retry", "99"]), (66, "there is no issue #99", ["explain", "99"]),
        (66, "there is no issue #99", ["query", "events", "--issue", "99"]),
        (66, "there is no issue #99", ["agent", "spawn", "helper", "Do it", "--issue", "99"]),
        (66, "there is no issue #99", ["follow", "--issue", "99"]), (64, "'one'", ["issue", "show", "one"]),
        (64, "'0'", ["issue", "show", "0"]), (64, "'99999999999999999999'", ["issue", "show", "99999999999999999999"]),
        (66, "there is no live agent nobody", ["send", "nobody", "Hello"]),
        (66, "there is no live agent nobody", ["agent", "close", "nobody"]),
        (66, "there is no live agent nobody", ["agent", "interrupt", "nobody"]),
        (66, "there is no live agent nobody", ["agent", "budget", "nobody", "--budget", "1h"]),
        (66, "there is no agent 'nobody'", ["query", "turns", "--agent", "nobody"]),
        (66, "there is no agent 'nobody'", ["follow", "--agent", "nobody"]),
        (66, "no live agent _31m", ["send", "\u{1B}[31m", "Hello"]),
        (64, "'weird' is no status", ["query", "agents", "--status", "weird"]),
        (66, "there is no request 9", ["approve", "9"]), (64, "'x'", ["deny", "x"]),
        (66, "begins with abcd", ["artifact", "show", "abcd"]), (64, "unlike 'zz'", ["artifact", "cat", "zz"]),
        // Queries that are none.
        (64, "only queries are allowed", ["query", "sql", "DELETE FROM report_issues"]),
        (64, "only queries are allowed", ["query", "sql", "ATTACH 'x' AS y"]),
        (64, "only queries are allowed", ["query", "sql", "PRAGMA user_version"]),
        (64, "may only read the views", ["query", "sql", "SELECT * FROM issue"]),
        (64, "does not take this query", ["query", "sql", "SELECT"]),
        (64, "only one query", ["query", "sql", "SELECT 1; SELECT 2"]),
        (64, "not authorized", ["query", "sql", "SELECT load_extension('x')"]),
        // Files.
        (65, "manifest.json", ["import", "--from", "."]),
        (66, "/nowhere", ["issue", "new", "Title", "-F", "/nowhere"]),
        (74, "directory", ["issue", "new", "Title", "-F", "."]),
        (73, "is not empty", ["export", "--out", "."]), (73, "/nowhere", ["export", "--out", "/nowhere/out"]),
        (69, "no daemon runs", ["stop"]),
    ]

    @Test func `each slip gets its exit code and a message that says what is wrong; nothing changes`() async throws {
        let stage = try await Stage()
        try await stage.file("One issue")
        let before = try stage.value("SELECT count(*) FROM event", as: Int.self)
        for (code, part, words) in Self.slips {
            let said = try await stage.run(stage.orch, words)
            #expect(said.code == code && said.output.isEmpty, "\(words): \(said)")
            #expect(said.errors.hasPrefix("Error: ") && said.errors.contains(part), "\(part), \(words): \(said)")
            #expect(!said.all.contains("\u{1B}"), "\(words)")
        }
        #expect(try stage.value("SELECT count(*) FROM event") == before)
        #expect(try stage.value("SELECT count(*) FROM command WHERE status <> 'done'") == 0)
        #expect(try stage.value("SELECT count(*) FROM issue") == 1)
    }
}
