import Foundation
import Glibc
import ModelServer
import OrchCore
import OrchStore
import OrchTestSupport
import SQLite
import Testing

/// What gets out of the database while the hub works, with the real codex.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct ExportTests {
    @Test func `exports, the mirror and a follower tell the same of a hub at work, and of one that was killed`()
        async throws
    {
        try await withStage(DemoScenario(commandPause: .milliseconds(50))) { stage, _ in
            try await stage.fileIssues()
            try stage.startDaemon("--autopilot-on", "--mirror")
            let follower = try stage.program("follow", "--since-seq", "0", "--format", "jsonl", name: "follow.jsonl")
            var exports: [String] = []
            func export() async throws {
                exports.append("\(stage.directory.path)/export-\(exports.count)")
                try await stage.did("export", "--out", exports[exports.count - 1])
            }
            try await stage.until("a command runs", "SELECT count(*) FROM item WHERE kind = 'command'")
            try await export()
            stage.killDaemon()
            try await export()
            try stage.startDaemon("--autopilot-on", "--mirror")
            try await stage.until("the first is done", "SELECT count(*) FROM issue WHERE phase = 'done'")
            try await export()
            try await stage.until(
                "all is done",
                "SELECT count(*) = 0 FROM issue WHERE phase NOT IN ('done', 'review')"
            )
            try await export()
            _ = try await stage.stopDaemon()
            try await export()

            for folder in exports { try await Self.checkRoundTrip(folder, stage) }
            try await Self.checkCopies(of: try #require(exports.last), stage)
            try await Self.check(follower, stage)
        }
    }

    /// Import and export again gives the same folder, byte by byte.
    private static func checkRoundTrip(_ folder: String, _ stage: Stage) async throws {
        let other = folder + "-repository"
        try await stage.git("init", "--quiet", "--initial-branch=main", other)
        let identity = ["-c", "user.name=x", "-c", "user.email=x@localhost"]
        let commit = try await stage.run(
            "/usr/bin/git",
            ["-C", other] + identity + ["commit", "--quiet", "--allow-empty", "-m", "Begin"]
        )
        #expect(commit.code == 0, "\(commit)")
        let imported = try await stage.orch("import", "--from", folder, in: other)
        #expect(imported.code == 0, "\(imported)")
        let exported = try await stage.orch("export", "--out", folder + "-again", in: other)
        #expect(exported.code == 0, "\(exported)")
        let differences = try await stage.run("/usr/bin/diff", ["-r", folder, folder + "-again"])
        #expect(differences.code == 0, "\(differences.output.prefix(2_000))")
        let again = try await stage.orch("import", "--from", folder, in: other)
        #expect(again.code == 73 && again.errors.contains("exists"), "\(again)")
    }

    /// The mirror holds each event once, also after a kill of who wrote it.
    private static func checkCopies(of export: String, _ stage: Stage) async throws {
        let state = try Data(contentsOf: URL(filePath: export + "/state.jsonl"))
        let mirror = try Data(contentsOf: URL(filePath: stage.folder.mirror))
        #expect(mirror == state, "the mirror has \(mirror.count) bytes, the export \(state.count)")
        let events = try stage.value("SELECT count(*) FROM event", as: Int.self)
        #expect(state.count(where: { $0 == UInt8(ascii: "\n") }) == events)
    }

    /// A follower tells each event once, in order, over the daemon's kill, and ends when it is told to.
    private static func check(_ follower: Program, _ stage: Stage) async throws {
        let last = try #require(try stage.value("SELECT max(seq) FROM event", as: Int64.self))
        try await stage.until("the follower has told all") {
            try stage.directory.read("follow.jsonl").contains("{\"seq\":\(last),")
        }
        #expect(follower.isRunning)
        follower.signal(SIGINT)
        let code = try await follower.end()
        #expect(code == 0)
        let told = try stage.directory.read("follow.jsonl")
        let seqs = try told.split(separator: "\n").map { try JSONValue(parsing: $0)["seq"]?.intValue }
        #expect(seqs == (1...last).map { $0 })
        let rest = try await stage.did("follow", "--no-wait", "--format", "jsonl", "--since-seq", "\(last - 5)")
        #expect(rest.split(separator: "\n") == told.split(separator: "\n").suffix(5))
        // Its reader goes away, and nothing more happens: it ends all the same.
        let head = try await stage.run("/bin/sh", ["-c", "'\(stage.orch)' follow --since-seq 0 | head -n 1"])
        #expect(head.code == 0 && head.output.split(separator: "\n").count == 1 && head.errors.isEmpty, "\(head)")
    }

    @Test func `an artifact is found by the beginning of its id, and an ambiguous one lists who is meant`() async throws
    {
        let alike = try Self.alike()
        let (first, second) = (alike[0].text, alike[1].text)
        let digits = String(alike[0].id.prefix(4))
        let scenario = ScriptedScenario([
            .worker("One thing") { _ in .message(first) }, .worker("Another thing") { _ in .message(second) },
        ])
        try await withStage(scenario) { stage, _ in
            for title in ["One thing", "Another thing"] { try await stage.file(title) }
            try stage.startDaemon("--no-orchestrator")
            for issue in 1...2 { try await stage.until(issue: issue, "done") }
            let ids = try await stage.query("artifacts").compactMap { $0["id"]?.stringValue }
                .filter { $0.hasPrefix(digits) }
            try #require(Set(ids) == Set(alike.map(\.id)), "\(ids)")
            for verb in ["show", "cat"] {
                let ambiguous = try await stage.orch("artifact", verb, digits)
                #expect(ambiguous.code == 64 && ambiguous.output.isEmpty, "\(ambiguous)")
                for part in ids + ["several artifacts begin with \(digits)", "of iss-1", "of iss-2", "more digits"] {
                    #expect(ambiguous.errors.contains(part), "\(part): \(ambiguous)")
                }
            }
            for (id, text) in alike {
                let other = try #require(ids.first { $0 != id })
                // As many digits as tell the two apart.
                let count = zip(id, other).prefix { $0 == $1 }.count + 1
                let said = try await stage.orch("artifact", "cat", id.prefix(count).uppercased())
                #expect(said.code == 0 && said.output == text, "\(said)")
                let shown = try await stage.did("artifact", "show", String(id.prefix(count)), "--json")
                let facts = try JSONValue(parsing: shown)
                #expect(facts["id"]?.stringValue == id && facts["kind"] == "report", "\(facts)")
                #expect(facts["size"]?.intValue == Int64(text.utf8.count), "\(facts)")
                #expect(facts["agent"]?.stringValue == (text == first ? "iss-1" : "iss-2"), "\(facts)")
            }
            for (wrong, code) in [("abc", 64), ("xyzw", 64), (String(repeating: "0", count: 64), 66 as Int32)] {
                try await stage.orch("artifact", "cat", wrong).expectRefusal(code, wrong)
            }
        }
    }

    /// Two reports whose ids begin with the same four digits.
    private static func alike() throws -> [(id: String, text: String)] {
        let store = ArtifactStore(db: try TestStore.inMemory().db)
        var seen: [Substring: (id: String, text: String)] = [:]
        for number in 0... {
            let text = "### Summary\nAttempt \(number) did it.\n\nStatus: done"
            let id = try store.put(Array(text.utf8), nowMs: 0)
            if let other = seen[id.prefix(4)] { return [other, (id, text)] }
            seen[id.prefix(4)] = (id, text)
        }
        throw EndToEndError("there are no numbers left")
    }
}
