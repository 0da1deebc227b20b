import Foundation
import Glibc
import OrchStore
import OrchTestSupport
import SQLite
import Testing

/// A file in the database's place that is none, or damaged, or of a newer orch.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct BadDatabaseTests {
    /// What happened to the file.
    enum Damage: String, CaseIterable {
        case text, zeroes, header, cutOff, garbage, otherProgram, newer, folder, logWithoutDatabase

        /// What the message says.
        var words: String {
            switch self {
            case .text, .zeroes: "is no SQLite database"
            case .header: "has a damaged header"
            case .cutOff: "was cut off"
            case .garbage: "is damaged"
            case .otherProgram: "of another program"
            case .newer: "made by a newer orch"
            case .folder: "is a folder, and no database"
            case .logWithoutDatabase: "is empty, and its log"
            }
        }

        /// Does it.
        func happen(to path: String) throws {
            var bytes = try Data(contentsOf: URL(filePath: path))
            switch self {
            case .text: bytes = Data("I am only text, but long enough to be taken for something.\n".utf8)
            case .zeroes: bytes = Data(count: bytes.count)
            case .header: bytes.replaceSubrange(18..<20, with: [0xFF, 0xFF])
            case .cutOff: bytes = bytes.dropLast(8_192)
            case .garbage:
                for index in 4_096..<bytes.count { bytes[index] = UInt8(truncatingIfNeeded: index &* 131 >> 3) }
            case .otherProgram:
                unlink(path)
                try Connection(path: path, .readWrite(create: true)).execute("CREATE TABLE guest (name TEXT)")
                return
            case .newer:
                let db = try Connection(path: path, .readWrite(create: false))
                try db.execute(
                    "PRAGMA user_version = 99; INSERT INTO schema_migration VALUES (99, 'm0099', 'x', 0); PRAGMA wal_checkpoint(TRUNCATE)"
                )
                return
            case .folder:
                unlink(path)
                mkdir(path, 0o700)
                return
            case .logWithoutDatabase:
                try bytes.write(to: URL(filePath: path + "-wal"))
                bytes = Data()
            }
            try bytes.write(to: URL(filePath: path))
        }
    }

    @Test(arguments: Damage.allCases)
    func `it is refused by every command, saying what to do, and is left as it was`(damage: Damage) async throws {
        let stage = try await Stage()
        for number in 1...3 { try await stage.file("Issue \(number)", body: String(repeating: "words ", count: 9_000)) }
        let path = stage.folder.database
        let whole = path + ".whole"
        try Self.settle(path)
        try FileManager.default.copyItem(atPath: path, toPath: whole)
        try damage.happen(to: path)
        let before = Self.contents(path)
        for words in [
            ["status"], ["issue", "list"], ["query", "issues", "--json"],
            ["query", "sql", "SELECT * FROM report_issues"],
            ["issue", "new", "Another"], ["issue", "show", "1"], ["pause"], ["explain", "1"], ["init"],
            ["export", "--out", stage.directory.file("out")], ["follow", "--no-wait"],
            ["daemon", "--codex-path", stage.codex],
        ] {
            let said = try await stage.run(stage.orch, words)
            said.expectRefusal(74, damage.words, path)
        }
        let doctor = try await stage.orch("doctor", "--codex-path", stage.codex)
        #expect(doctor.code == 1 && doctor.output.contains(damage.words), "\(doctor)")
        #expect(Self.contents(path) == before, "nothing was written to it")
        #expect(!FileManager.default.fileExists(atPath: stage.directory.file("out")))
        #expect(LiveProcesses.naming(stage.directory.path) == [])

        // What the messages advise: a copy in its place, and all goes on.
        for name in [path, path + "-wal", path + "-shm"] { try? FileManager.default.removeItem(atPath: name) }
        try FileManager.default.copyItem(atPath: whole, toPath: path)
        let list = try await stage.query("issues")
        #expect(list.count == 3)
        try await stage.file("Another")
    }

    /// Moves the log into the database, so that its file stands alone.
    private static func settle(_ path: String) throws {
        try Connection(path: path, .readWrite(create: false)).execute("PRAGMA wal_checkpoint(TRUNCATE)")
    }

    /// A file's bytes; nil for a folder.
    private static func contents(_ path: String) -> Data? { try? Data(contentsOf: URL(filePath: path)) }
}
