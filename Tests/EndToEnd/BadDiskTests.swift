import Foundation
import Glibc
import ModelServer
import OrchCore
import OrchStore
import OrchTestSupport
import SQLite
import Testing

/// Disks that are full, read-only or far away: the real program in a mount namespace of its own.
@Suite(.serialized, .timeLimit(.minutes(5)), .enabled(if: OwnMounts.arePossible, "nothing can be mounted here"))
struct BadDiskTests {
    @Test func `a read-only disk: everything can be asked, nothing is begun`() async throws {
        let stage = try await Stage()
        try await stage.file("Before")
        let before = try Self.fingerprint(stage.folder.path)
        try Self.mount(stage, "mount --bind '{}' '{}'; mount -o remount,bind,ro '{}'")
        let list = try await stage.query("issues")
        #expect(list.first?["title"] == "Before")
        for words in [["status"], ["issue", "show", "1"], ["explain", "1"], ["follow", "--no-wait"]] {
            let said = try await stage.run(stage.orch, words)
            #expect(said.code == 0 && said.output.contains("Before") || words != ["issue", "show", "1"], "\(said)")
        }
        try await stage.did("export", "--out", stage.directory.file("out"))
        for words in [
            ["issue", "new", "After"], ["issue", "close", "1"], ["pause"], ["init"],
            ["daemon", "--codex-path", stage.codex],
        ] {
            let said = try await stage.run(stage.orch, words)
            #expect(said.code == 74 && said.output.isEmpty, "\(words): \(said)")
            #expect(said.errors.contains("ead-only") && said.errors.contains(stage.folder.path), "\(words): \(said)")
        }
        let doctor = try await stage.orch("doctor", "--codex-path", stage.codex)
        #expect(doctor.code == 1 && doctor.output.contains("read-only file system"), "\(doctor)")
        #expect(try Self.fingerprint(stage.folder.path) == before)
    }

    @Test func `a full disk: what is refused says so, what was stored stays, and it goes on when there is room`()
        async throws
    {
        let stage = try await Stage()
        try stage.directory.folder("project/.orch")
        try Self.mount(stage, "mount -t tmpfs -o size=4m,mode=700 tmpfs '{}'")
        try await Self.fill(stage)
        for words in [["init"], ["issue", "new", "Too early"], ["daemon", "--codex-path", stage.codex]] {
            try await stage.run(stage.orch, words).expectRefusal(74, "No space left", "free some room")
        }
        try await Self.free(stage)
        try await stage.file("First")
        let ignore = try await Self.shell(stage, "cat '\(stage.folder.path)/.gitignore'")
        #expect(ignore.output == "*\n")

        try await Self.fill(stage)
        let large = try stage.directory.write("large.md", String(repeating: "large ", count: 1_000_000))
        for words in [
            ["issue", "new", "Second", "--body-file", large], ["issue", "edit", "1", "--body-file", large],
            ["issue", "comment", "1", "--body", String(repeating: "x", count: 100_000)],
            ["daemon", "--codex-path", stage.codex],
        ] {
            let said = try await stage.run(stage.orch, words)
            #expect(said.code == 74 && said.output.isEmpty, "\(words.prefix(3)): \(said)")
            #expect(
                said.errors.contains("is full") && said.errors.contains("nothing that was stored is lost"),
                "\(said)"
            )
        }
        try await stage.orch("export", "--out", stage.folder.path + "/out").expectRefusal(74, "free some room")
        let titles = try await stage.query("issues").map { $0["title"] }
        #expect(titles == ["First"])
        try await Self.free(stage)
        try await stage.file("Second")
        let doctor = try await stage.orch("doctor", "--codex-path", stage.codex)
        #expect(doctor.output.contains("sound, schema"), "\(doctor)")
        let left = try await Self.shell(stage, "ls -A '\(stage.folder.path)'")
        #expect(!left.output.contains("export"), "\(left)")
    }

    @Test func `a disk that gets full under a daemon ends it in order; with room, the next one goes on`() async throws {
        let scenario = ScriptedScenario([.worker("Wait", [.wait(for: "go"), .done])])
        try await withStage(scenario) { stage, model in
            try stage.directory.folder("project/.orch")
            try Self.mount(stage, "mount -t tmpfs -o size=48m,mode=700 tmpfs '{}'")
            try await stage.file("Wait")
            try stage.startDaemon("--no-orchestrator")
            try await stage.until("the command runs") {
                // Its database is on a disk that only the programs over there see.
                try await !stage.query("events", "--status", "turn.running").isEmpty && model.log.requests == 1
            }
            let events = try await stage.query("events")
            try await Self.fill(stage)
            let daemon = try #require(stage.daemon)
            let code = try await daemon.end()
            #expect(code == 74)
            #expect(stage.words().contains("is full: free some room"), "\(stage.words().suffix(1_000))")
            stage.killDaemon()
            try await Self.free(stage)
            let kept = try await stage.query("events", "--limit", "\(events.count)")
            #expect(kept.count == events.count)

            try stage.startDaemon("--no-orchestrator")
            try Data().write(to: URL(filePath: stage.repository + "/.worktrees/iss-1/go"))
            try await stage.until("it is done") { try await stage.query("issues").first?["phase"] == "done" }
            let turns = try await stage.query("turns")
            #expect(turns.count == 1 && turns[0]["status"] == "completed", "\(turns)")
            #expect(try await stage.stopDaemon() == 0)
        }
    }

    @Test(arguments: ["nfs4": "NFS", "cifs": "CIFS", "9p": "9P", "fuse.sshfs": "fuse.sshfs"])
    func `a network file system is refused, saying why`(type: String, name: String) async throws {
        let stage = try await Stage()
        try await stage.file("Before it was moved there")
        let table = try stage.directory.write("mountinfo", "29 1 0:26 / / rw,relatime - \(type) server:/home rw\n")
        // The kernel's own table of mounts, as this very process sees it, is replaced; then it becomes orch.
        let user = geteuid() == 0 ? [] : ["--map-root-user"]
        let script = "mount --bind '\(table)' /proc/$$/mountinfo && exec \"$@\""
        for words in [
            ["status"], ["issue", "new", "Another"], ["init"], ["daemon", "--codex-path", stage.codex],
            ["doctor", "--codex-path", stage.codex],
        ] {
            let arguments = ["--mount"] + user + ["/bin/sh", "-c", script, "sh", stage.orch] + words
            let said = try await stage.run("/usr/bin/unshare", arguments)
            guard words[0] != "doctor" else {
                #expect(said.code == 1 && said.output.contains("is on ") && said.output.contains(name), "\(said)")
                continue
            }
            said.expectRefusal(73, "\(stage.folder.path) is on", name, "write-ahead log", "to a local disk")
        }
        #expect(try await stage.query("issues").count == 1)
    }

    /// Gives a stage mounts of its own, by a script in which `{}` is its `.orch`.
    private static func mount(_ stage: Stage, _ script: String) throws {
        let script = script.replacing("{}", with: stage.folder.path)
        stage.mounts = try OwnMounts(script, log: stage.directory.file("mounts.log"))
    }

    private static func shell(_ stage: Stage, _ script: String) async throws -> Said {
        try await stage.run("/bin/sh", ["-c", script])
    }

    /// Fills the disk to the last page.
    private static func fill(_ stage: Stage) async throws {
        let path = stage.folder.path + "/filler"
        let said = try await shell(stage, "cat /dev/zero > '\(path)'")
        #expect(said.code != 0 && said.errors.contains("No space left"), "\(said)")
    }

    private static func free(_ stage: Stage) async throws {
        let said = try await shell(stage, "rm '\(stage.folder.path)/filler'")
        #expect(said.code == 0, "\(said)")
    }

    /// Names and sizes of what is in a folder.
    private static func fingerprint(_ folder: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder).sorted().map { name in
            let facts = try FileManager.default.attributesOfItem(atPath: folder + "/" + name)
            return "\(name) \(facts[.size] ?? "") \(facts[.modificationDate] ?? "")"
        }
    }
}
