import Foundation
import OrchCore
import OrchStore
import SQLite

/// A folder for one test, with a hub's database filled with every kind of row, odd values among them.
struct ExportScratch: ~Copyable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "orch-export-\(UUID())").path
        try FileManager.default.createDirectory(atPath: path + "/hub", withIntermediateDirectories: true)
        try FileManager.default.createDirectory(atPath: path + "/other", withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)  // a leftover folder is no failure of a test
    }

    var hub: OrchFolder { OrchFolder(repository: path + "/hub") }
    var other: OrchFolder { OrchFolder(repository: path + "/other") }
    var out: String { path + "/out" }

    /// A database with the rows of the reports' fixture and the oddest ones that the schema allows.
    func filled() throws -> Connection {
        let db = try Store.open(hub, role: .client, nowMs: 1)
        try ReportFixture.fill(db)
        let store = ArtifactStore(db: db)
        try db.write {
            _ = try store.put([], nowMs: 5)
            let large = try store.put(Self.large, nowMs: 6)
            try store.use(large, kind: "log", agent: 2, issue: nil, turn: nil, name: "ü\"\\\n", nowMs: Int64.max)
            try store.use(large, kind: "note", agent: nil, issue: 1, turn: nil, name: nil, nowMs: 0)
            try db.run("UPDATE issue SET body = ?, reason = ? WHERE number = 2", Self.oddText, "")
            try db.run("UPDATE budget SET tokens = ? WHERE agent = 2", Int64.max)
            for data in Self.oddData {
                try db.run("INSERT INTO event (at_ms, kind, data) VALUES (?, 'odd', ?)", Int64.min, data)
            }
            try db.execute(
                """
                INSERT INTO command (kind, payload, source, status, result, error, created_at_ms, settled_at_ms)
                VALUES ('hub.ping', '{ "spaced" : 1 }', 'cli', 'done', 'null', NULL, 1, 2), ('x', '[]', 'cli', 'pending', NULL, NULL, 3, NULL);
                INSERT INTO item (turn, item, kind, status, summary, artifact, at_ms) VALUES ('t-1', 'i1', 'command', NULL, 'ls', NULL, 4);
                INSERT INTO digest_entry (kind, agent, issue, data, at_ms) VALUES ('IDLE', 2, NULL, '{}', 5);
                INSERT INTO stderr_line (source, line, at_ms) VALUES ('app', 'one', 1), ('app', 'two', 2);
                DELETE FROM stderr_line WHERE line = 'two';
                UPDATE tracker SET kind = 'github', repository = 'acme/widgets', hub = 'abc';
                INSERT INTO poll_cursor VALUES ('issues', '2026-01-01T00:00:00Z', 'W/"1"');
                INSERT INTO remote_issue (issue, remote_id, url, updated_at) VALUES (1, 101, 'https://x/1', '2026-01-01T00:00:00Z');
                INSERT INTO issue_version VALUES (1, 'h', 'title', NULL, 7);
                INSERT INTO remote_comment VALUES (9, 1, 'ann', 0, 1, '2026-01-01T00:00:00Z', 8);
                INSERT INTO pull (number, issue, branch, url, state, is_draft, head, base, base_sha, updated_at, seen_ms)
                    VALUES (5, 1, 'ai/iss-1', 'https://x/5', 'open', 0, 'aa', 'main', 'bb', '2026-01-01T00:00:00Z', 9);
                INSERT INTO feedback (key, pull, kind, author, text, at_ms) VALUES ('review:1', 5, 'review', 'bob', 'no', 10);
                INSERT INTO collaborator VALUES ('ann', 'write', 11);
                """
            )
        }
        return db
    }

    static let large: [UInt8] = (0..<(5 << 20)).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 13) }

    static let oddText = "\u{0}\u{1}\u{1B}[31m\u{7F}\u{9B}\u{202E}\u{2028}\u{FEFF}\r\n\t\"\\/漢字🎉e\u{301}é\u{10FFFF}"

    /// What `event.data` may hold beside canonical objects.
    static let oddData = [
        #"{ "b": 1, "a": 2 }"#, #"{"b":1,"a":2}"#, "[1,2]", "7", "null", #""text""#, #"{"n":1.0,"m":1e2}"#,
        #"{"x":1e400}"#,
        #"{"k":1,"k":2}"#, "{\"e\u{301}\":1,\"é\":2}", #"{"esc":"\u0041\u009b"}"#, "{\"raw\":\"\u{9B}\u{202E}\"}",
        #"{"big":9223372036854775807,"low":-9223372036854775808,"over":9223372036854775808}"#,
        String(repeating: "[", count: 300) + String(repeating: "]", count: 300), #"{"deep":{"a":[{"b":null}]}}"#, "{}",
    ]

    /// Every file of an export, by its path in it.
    static func files(_ directory: String) throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: directory) {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: directory + "/" + name, isDirectory: &isFolder)
            if !isFolder.boolValue { files[name] = try Array(Data(contentsOf: URL(filePath: directory + "/" + name))) }
        }
        return files
    }

    func entries(_ directory: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
    }

    func write(_ bytes: [UInt8], _ name: String) throws {
        try Data(bytes).write(to: URL(filePath: name))
    }

    func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: name)), as: UTF8.self)
    }

    func mode(_ name: String) throws -> Int {
        try FileManager.default.attributesOfItem(atPath: name)[.posixPermissions] as? Int ?? 0
    }
}
