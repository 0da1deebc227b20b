import Foundation
import OrchCore
import OrchStore
import SQLite
import Testing

struct ExportTests {
    @Test func `Export, import and export again gives the same bytes`() throws {
        let scratch = try ExportScratch()
        let summary = try Export.write(scratch.filled(), to: scratch.out)
        #expect(summary.artifacts == 4)
        #expect(summary.bytes == 4 + ExportScratch.large.count)
        #expect(try Import.read(from: scratch.out, into: scratch.other, nowMs: 99) == summary)
        let db = try Store.open(scratch.other, role: .client, nowMs: 100)
        #expect(try Export.write(db, to: scratch.out + "2") == summary)
        let first = try ExportScratch.files(scratch.out)
        let second = try ExportScratch.files(scratch.out + "2")
        #expect(first.keys.sorted() == second.keys.sorted())
        for (name, bytes) in first { #expect(second[name] == bytes, "\(name) differs") }
        #expect(try db.integrityProblems().isEmpty)
        #expect(try scratch.mode(scratch.other.database) == 0o600)
    }

    @Test func `What is imported is what was there, row by row`() throws {
        let scratch = try ExportScratch()
        let old = try scratch.filled()
        try Export.write(old, to: scratch.out)
        try Import.read(from: scratch.out, into: scratch.other, nowMs: 99)
        let new = try Store.open(scratch.other, role: .client, nowMs: 100)
        let tables: [String] = try old.query(
            """
            SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('schema_migration', 'artifact_chunk', 'hub', 'artifact')
            ORDER BY name
            """
        ) { try $0.get(0) }
        #expect(tables.count > 15)
        for table in tables {
            let rows = try [old, new].map { db in
                try db.query("SELECT * FROM \(table) ORDER BY 1, 2") { row in
                    try (0..<row.count).map { try row.value($0) }
                }
            }
            #expect(!rows[0].isEmpty, "\(table) has no row to test with")
            #expect(rows[0] == rows[1], "\(table)")
        }
        #expect(try ArtifactStore(db: new).read(ReportFixture.report) == Array("abc".utf8))
        let schemas: [[String]] = try [old, new].map { db in
            try db.query("SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY 1") {
                try $0.get(0)
            }
        }
        #expect(schemas[0] == schemas[1])
    }

    @Test func `An imported hub is stopped, and its ids go on`() throws {
        let scratch = try ExportScratch()
        try Export.write(scratch.filled(), to: scratch.out)
        try Import.read(from: scratch.out, into: scratch.other, nowMs: 99)
        let db = try Store.open(scratch.other, role: .client, nowMs: 100)
        let hub = try HubTables(db).hub.get()
        #expect(hub.state == "stopped")
        #expect(hub.pid == nil)
        #expect(hub.epoch == 3)
        try db.run("INSERT INTO stderr_line (source, line, at_ms) VALUES ('app', 'three', 3)")
        #expect(db.lastInsertRowID == 5)
        // The triggers are back.
        #expect(throws: SQLiteError.self) { try db.run("DELETE FROM event") }
    }

    @Test func `The files are as documented`() throws {
        let scratch = try ExportScratch()
        try Export.write(scratch.filled(), to: scratch.out)
        #expect(
            try scratch.entries(scratch.out) == [
                "agent.jsonl", "app_server.jsonl", "approval.jsonl", "artifact_use.jsonl", "artifacts", "budget.jsonl",
                "collaborator.jsonl", "command.jsonl", "conversation.jsonl", "decision.jsonl", "digest_entry.jsonl",
                "feedback.jsonl", "gate.jsonl", "hub.jsonl", "issue.jsonl", "issue_blocker.jsonl",
                "issue_comment.jsonl",
                "issue_label.jsonl", "issue_version.jsonl", "item.jsonl", "manifest.json", "outbox.jsonl",
                "poll_cursor.jsonl", "pull.jsonl", "remote_comment.jsonl", "remote_issue.jsonl", "state.jsonl",
                "stderr_line.jsonl", "tracker.jsonl", "turn.jsonl",
            ]
        )
        #expect(try scratch.entries(scratch.out + "/artifacts").count == 5)
        #expect(try scratch.text(scratch.out + "/artifacts/" + ReportFixture.report) == "abc")
        #expect(
            try scratch.text(scratch.out + "/issue_comment.jsonl") == """
                {"at_ms":1755770569991,"author":"ann","body":"please hurry","id":1,"issue":1,"marker":null}

                """
        )
        #expect(try scratch.text(scratch.out + "/hub.jsonl").contains(#""pid":null"#))
        #expect(try scratch.text(scratch.out + "/hub.jsonl").contains(#""state":"stopped""#))
        let index = try scratch.text(scratch.out + "/artifacts/index.jsonl").split(separator: "\n")
        #expect(index.count == 4)
        #expect(
            index.contains(
                #"{"created_at_ms":1755770570891,"id":"\#(ReportFixture.report)","size":3,"uses":[{"agent":2,"artifact":"\#(ReportFixture.report)","at_ms":1755770570891,"id":1,"issue":1,"kind":"report","name":"iss_1","turn":"t-1"}]}"#
            )
        )
        let events = try scratch.text(scratch.out + "/state.jsonl").split(separator: "\n")
        #expect(
            events.first
                == #"{"agent":null,"at_ms":1755770568391,"data":{"epoch":3},"issue":null,"kind":"hub.started","seq":1,"turn":null}"#
        )
        #expect(events.count == 6 + ExportScratch.oddData.count)
        #expect(events[6].contains(#""data":"{ \"b\": 1, \"a\": 2 }""#))
        let manifest = try JSONValue(parsing: scratch.text(scratch.out + "/manifest.json"))
        #expect(manifest["format"] == 1)
        #expect(manifest["tables"]?["event"]?["file"] == "state.jsonl")
        #expect(manifest["tables"]?["event"]?["rows"] == 22)
        #expect(manifest["sequences"]?["stderr_line"] == 4)
    }

    @Test func `Every line is canonical JSON without anything that acts on a terminal`() throws {
        let scratch = try ExportScratch()
        try Export.write(scratch.filled(), to: scratch.out)
        for (name, bytes) in try ExportScratch.files(scratch.out) where name.hasSuffix(".jsonl") {
            #expect(bytes.last == UInt8(ascii: "\n"))
            for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
                let value = try JSONValue(parsing: line)
                #expect(try JSONValue(parsing: value.canonicalText) == value)
                #expect(
                    !line.unicodeScalars.contains {
                        $0.value < 0x20 || (0x7F...0x9F).contains($0.value) || $0.value == 0x202E
                    }
                )
                #expect(value.objectValue?.keys.sorted().first.map { line.hasPrefix("{\"\($0)\":") } == true)
            }
        }
    }

    @Test func `Only the owner can read it`() throws {
        let scratch = try ExportScratch()
        try Export.write(scratch.filled(), to: scratch.out + "/")
        for name in ["", "/artifacts"] { #expect(try scratch.mode(scratch.out + name) == 0o700) }
        for name in ["/manifest.json", "/state.jsonl", "/artifacts/index.jsonl", "/artifacts/\(ReportFixture.log)"] {
            #expect(try scratch.mode(scratch.out + name) == 0o600)
        }
    }

    @Test func `An empty folder is taken, a full one and a file are refused and left alone`() throws {
        let scratch = try ExportScratch()
        let db = try scratch.filled()
        try FileManager.default.createDirectory(atPath: scratch.out, withIntermediateDirectories: false)
        try Export.write(db, to: scratch.out)
        let before = try ExportScratch.files(scratch.out)
        let full = #expect(throws: StoreError.self) { try Export.write(db, to: scratch.out) }
        #expect(full?.code == .alreadyExists)
        #expect(try ExportScratch.files(scratch.out) == before)
        try scratch.write([1], scratch.path + "/file")
        let file = #expect(throws: StoreError.self) { try Export.write(db, to: scratch.path + "/file") }
        #expect(file?.code == .alreadyExists)
        let missing = #expect(throws: StoreError.self) { try Export.write(db, to: scratch.path + "/no/such/place") }
        #expect(missing?.code == .unwritable)
        for name in [".", "..", "/", ""] { #expect(throws: StoreError.self) { try Export.write(db, to: name) } }
        #expect(try scratch.entries(scratch.path) == ["file", "hub", "other", "out"])
    }

    @Test func `A damaged artifact ends the export, and nothing is left`() throws {
        let scratch = try ExportScratch()
        let db = try scratch.filled()
        try db.execute(
            """
            DROP TRIGGER artifact_chunk_immutable;
            UPDATE artifact_chunk SET bytes = x'616264' WHERE artifact = '\(ReportFixture.report)'
            """
        )
        let error = #expect(throws: StoreError.self) { try Export.write(db, to: scratch.out) }
        #expect(error?.code == .corruptArtifact)
        #expect(try scratch.entries(scratch.path) == ["hub", "other"])
    }

    @Test func `An empty hub can be exported and imported too`() throws {
        let scratch = try ExportScratch()
        try Export.write(Store.open(scratch.hub, role: .client, nowMs: 1), to: scratch.out)
        let summary = try Import.read(from: scratch.out, into: scratch.other, nowMs: 2)
        #expect(summary.allRows == 2)
        #expect(try HubTables(Store.open(scratch.other, role: .client, nowMs: 3)).hub.get().state == "stopped")
    }
}
