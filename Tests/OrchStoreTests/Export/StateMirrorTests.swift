import Foundation
import OrchCore
import OrchStore
import SQLite
import Testing

struct StateMirrorTests {
    private func append(_ db: Connection, _ count: Int, text: String = "x") throws {
        try db.write {
            for _ in 0..<count { try HubTables(db).events.append("a.b", ["text": .string(text)], nowMs: 7) }
        }
    }

    private func seqs(_ scratch: borrowing ExportScratch, _ path: String) throws -> [Int64] {
        try scratch.text(path).split(separator: "\n").map { try JSONValue(parsing: $0)["seq"]?.intValue ?? -1 }
    }

    private func all(_ mirror: StateMirror, _ db: Connection) throws -> Int {
        var total = 0
        while case let count = try mirror.catchUp(db), count > 0 { total += count }
        return total
    }

    @Test func `The mirror is the log of an export, in bounded batches`() throws {
        let scratch = try ExportScratch()
        let db = try scratch.filled()
        let path = scratch.hub.path + "/state.jsonl"
        let mirror = StateMirror(path: path, batch: 4)
        #expect(try mirror.catchUp(db) == 4)
        #expect(try all(mirror, db) == 18)
        #expect(try mirror.catchUp(db) == 0)
        try Export.write(db, to: scratch.out)
        #expect(try scratch.text(path) == scratch.text(scratch.out + "/state.jsonl"))
        #expect(try scratch.mode(path) == 0o600)
    }

    @Test func `It goes on where the file ends, and each event is there once`() throws {
        let scratch = try ExportScratch()
        let db = try Store.open(scratch.hub, role: .client, nowMs: 1)
        let path = scratch.hub.path + "/state.jsonl"
        try append(db, 3)
        #expect(try all(StateMirror(path: path), db) == 3)
        try append(db, 2)
        let second = StateMirror(path: path)
        #expect(try all(second, db) == 2)
        try append(db, 1)
        #expect(try all(second, db) == 1)
        #expect(try seqs(scratch, path) == [1, 2, 3, 4, 5, 6])
    }

    @Test(arguments: [
        "{\"agent\":null,\"at_ms\":7,\"da", "\0\0\0\0", "garbage\n", "{}\nmore garbage\n{\"seq\":", "[1]\n",
    ])
    func `A torn end is cut off, and written again`(tail: String) throws {
        let scratch = try ExportScratch()
        let db = try Store.open(scratch.hub, role: .client, nowMs: 1)
        let path = scratch.hub.path + "/state.jsonl"
        try append(db, 3)
        _ = try all(StateMirror(path: path), db)
        let whole = try scratch.text(path)
        let half = whole.split(separator: "\n").dropLast().map { $0 + "\n" }.joined()
        try scratch.write(Array((half + tail).utf8), path)
        #expect(try all(StateMirror(path: path), db) == 1)
        #expect(try scratch.text(path) == whole)
    }

    @Test func `A long last line is read whole`() throws {
        let scratch = try ExportScratch()
        let db = try Store.open(scratch.hub, role: .client, nowMs: 1)
        let path = scratch.hub.path + "/state.jsonl"
        try append(db, 2, text: String(repeating: "long ", count: 60_000))
        #expect(try all(StateMirror(path: path), db) == 2)
        try append(db, 1)
        #expect(try all(StateMirror(path: path), db) == 1)
        #expect(try seqs(scratch, path) == [1, 2, 3])
    }

    @Test func `At its limit the file is put aside, and the next one goes on`() throws {
        let scratch = try ExportScratch()
        let db = try Store.open(scratch.hub, role: .client, nowMs: 1)
        let path = scratch.hub.path + "/state.jsonl"
        try append(db, 5)
        #expect(try all(StateMirror(path: path, sizeLimit: 100, batch: 2), db) == 5)
        #expect(try seqs(scratch, path + ".1") == [3, 4])
        #expect(try seqs(scratch, path) == [5])
        try append(db, 1)
        #expect(try StateMirror(path: path, sizeLimit: 100, batch: 2).catchUp(db) == 1)
        // The file was put aside, and a kill came before the next one.
        #expect(try seqs(scratch, path + ".1") == [5, 6])
        try append(db, 1)
        #expect(try all(StateMirror(path: path, sizeLimit: 1_000_000, batch: 2), db) == 1)
        #expect(try seqs(scratch, path) == [7])
    }

    @Test func `A mirror of another database is put aside`() throws {
        let scratch = try ExportScratch()
        let path = scratch.hub.path + "/state.jsonl"
        do {
            let old = try Store.open(scratch.other, role: .client, nowMs: 1)
            try append(old, 3, text: "old")
            try scratch.hub.create()
            _ = try all(StateMirror(path: path), old)
        }
        let db = try Store.open(scratch.hub, role: .client, nowMs: 1)
        try append(db, 4, text: "new")
        #expect(try all(StateMirror(path: path), db) == 4)
        #expect(try seqs(scratch, path) == [1, 2, 3, 4])
        #expect(try seqs(scratch, path + ".1") == [1, 2, 3])
    }

    @Test func `A mirror that can't be written is an error, and the next try finds its place`() throws {
        let scratch = try ExportScratch()
        let db = try Store.open(scratch.hub, role: .client, nowMs: 1)
        let path = scratch.hub.path + "/state.jsonl"
        try append(db, 2)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        let mirror = StateMirror(path: path)
        #expect(throws: StoreError.self) { _ = try mirror.catchUp(db) }
        try FileManager.default.removeItem(atPath: path)
        #expect(try all(mirror, db) == 2)
        #expect(try seqs(scratch, path) == [1, 2])
    }
}
