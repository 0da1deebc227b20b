import OrchStore
import OrchTestSupport
import SQLite
import Testing

struct ArtifactResolveTests {
    /// Empty artifacts under made-up names.
    private func add(_ ids: [String], to db: Connection) throws {
        for id in ids { try db.run("INSERT INTO artifact VALUES (?, 0, 'identity', 0, 1)", id) }
    }

    private func id(_ begin: String, _ end: String) -> String {
        begin + String(repeating: "0", count: 64 - begin.count - end.count) + end
    }

    @Test func `Four digits are enough if they are one artifact's`() throws {
        let store = try TestStore.inMemory()
        try add([id("abcd", "1"), id("abce", "2")], to: store.db)
        #expect(try store.tables.artifacts.resolve("ABCD") == id("abcd", "1"))
        #expect(try store.tables.artifacts.resolve(id("abce", "2")) == id("abce", "2"))
    }

    @Test func `An ambiguous id lists the candidates with size, kind and agent`() throws {
        let store = try TestStore.inMemory()
        let agent = try store.rows.agent("ada")
        try add([id("abcd", "1"), id("abcd", "2"), id("abce", "3")], to: store.db)
        try store.tables.artifacts.use(
            id("abcd", "2"),
            kind: "diff",
            agent: agent.id,
            issue: nil,
            turn: nil,
            name: nil,
            nowMs: 1
        )
        let error = try #require(throws: StoreError.self) { _ = try store.tables.artifacts.resolve("abcd") }
        #expect(error.code == .ambiguous)
        #expect(
            error.message == """
                several artifacts begin with abcd:
                  \(id("abcd", "1"))  unused, 0 bytes
                  \(id("abcd", "2"))  diff of ada, 0 bytes
                """
        )
    }

    @Test func `A long list of candidates is cut`() throws {
        let store = try TestStore.inMemory()
        try add((10..<40).map { id("abcd", String($0)) }, to: store.db)
        let error = try #require(throws: StoreError.self) { _ = try store.tables.artifacts.resolve("abcd") }
        #expect(error.message.split(separator: "\n").count == 12)
        #expect(error.message.hasSuffix("\n  …"))
    }

    @Test(arguments: [
        "", "abc", "xyzw", "abcg", "ab cd", "abcd%", "é123", "\u{1B}[31m", "../../etc",
        String(repeating: "a", count: 65),
    ])
    func `What is no id is refused, and shown harmlessly`(text: String) throws {
        let store = try TestStore.inMemory()
        let error = try #require(throws: StoreError.self) { _ = try store.tables.artifacts.resolve(text) }
        #expect(error.code == .notFound)
        #expect(!error.message.contains("\u{1B}"))
    }

    @Test func `An unknown id says where to look`() throws {
        expectStoreError(.notFound, "no artifact's id begins with beef", "orch query artifacts") {
            try TestStore.inMemory().tables.artifacts.resolve("beef")
        }
    }
}
