import OrchCore
import OrchStore
import OrchTestSupport
import SQLite
import Testing

struct CommandQueueTests {
    @Test func `I3: a command is on the disk, in order, until it is settled`() throws {
        let store = try TestStore.onDisk()
        let queue = CommandQueue(store.db)
        let first = try queue.insert("issue.new", ["title": "a \u{0} b", "labels": ["x"]], source: "cli", nowMs: 5)
        let second = try queue.insert("hub.ping", [:], source: "cli", nowMs: 6)
        let other = HubTables(try store.another())
        let pending = try other.commands.pending(limit: 10)
        #expect(pending.map(\.id) == [first, second])
        #expect(try JSONValue(parsing: pending[0].payload) == ["title": "a \u{0} b", "labels": ["x"]])
        #expect(pending[0].createdAtMs == 5)
        try other.commands.settle(first, .done, result: #"{"number":1}"#, error: nil, nowMs: 7)
        #expect(try queue.find(first)?.status == .done)
        #expect(try other.commands.pending(limit: 10).map(\.id) == [second])
    }

    @Test func `Waiting ends with what became of it`() async throws {
        let store = try TestStore.onDisk()
        let queue = CommandQueue(store.db)
        let id = try queue.insert("hub.ping", [:], source: "cli", nowMs: 5)
        #expect(try await queue.wait(id, limit: .zero) == nil)
        let folder = try #require(store.folder)
        let hub = Task.detached {
            let tables = HubTables(try Store.open(folder, role: .daemon, nowMs: 1))
            try tables.db.write { try tables.commands.settle(id, .refused, result: nil, error: "no", nowMs: 7) }
        }
        let settled = try #require(try await queue.wait(id, limit: .seconds(60)))
        #expect(settled.status == .refused)
        #expect(settled.error == "no")
        try await hub.value
    }

    @Test func `A command of ten megabytes is taken`() throws {
        let store = try TestStore.inMemory()
        let text = String(repeating: "body ", count: 2_000_000)
        let id = try CommandQueue(store.db).insert("issue.new", ["body": .string(text)], source: "cli", nowMs: 5)
        let record = try #require(try store.tables.commands.find(id))
        #expect(try JSONValue(parsing: record.payload)["body"]?.stringValue?.utf8.count == text.utf8.count)
    }
}
