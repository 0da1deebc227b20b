import OrchCore
import OrchStore
import SQLite
import Testing

struct EventFollowerTests {
    private func append(_ db: Connection, _ kind: String, agent: Int64? = nil, issue: Int? = nil) throws {
        try db.write { try HubTables(db).events.append(kind, agent: agent, issue: issue, ["n": 1], nowMs: 5) }
    }

    private func seqs(_ rows: [[JSONValue]]) -> [Int64] { rows.compactMap { $0.first?.intValue } }

    @Test func `Without a number it begins with what happens next`() throws {
        let db = try ReportFixture.database()
        var follower = try EventFollower(db, after: nil)
        #expect(try follower.next().isEmpty)
        try append(db, "a.b")
        try append(db, "a.c")
        #expect(try seqs(follower.next()) == [7, 8])
        #expect(try follower.next().isEmpty)
        #expect(follower.lastSeq == 8)
    }

    @Test func `After a number it begins there, page by page`() throws {
        let db = try ReportFixture.database()
        var follower = try EventFollower(db, after: 2)
        #expect(try seqs(follower.next(limit: 3)) == [3, 4, 5])
        #expect(try seqs(follower.next(limit: 3)) == [6])
        #expect(try follower.next(limit: 3).isEmpty)
    }

    @Test func `What nobody asked for is passed over, once`() throws {
        let db = try ReportFixture.database()
        var follower = try EventFollower(db, after: 0, ReportFilter(agent: "iss_3"))
        #expect(try seqs(follower.next()) == [4, 5])
        #expect(follower.lastSeq == 6)
        try append(db, "a.b", agent: 2)
        #expect(try follower.next().isEmpty)
        #expect(follower.lastSeq == 7)
        var turns = try EventFollower(db, after: 0, ReportFilter(issue: 1, status: "turn"))
        #expect(try seqs(turns.next()) == [3])
    }

    @Test func `An unknown agent or issue is an error at once`() throws {
        let db = try ReportFixture.database()
        #expect(throws: StoreError.self) { _ = try EventFollower(db, after: nil, ReportFilter(agent: "nobody")) }
        #expect(throws: StoreError.self) { _ = try EventFollower(db, after: nil, ReportFilter(issue: 77)) }
    }

    @Test func `Rows have the columns of the report`() throws {
        let db = try ReportFixture.database()
        var follower = try EventFollower(db, after: 5)
        let table = ReportTable(columns: follower.columns, rows: try follower.next())
        #expect(
            JSONLRenderer().text(table) == #"""
                {"seq":6,"at":"2025-08-21T10:02:56.391Z","at_ms":1755770576391,"kind":"item.completed","agent":"asks","agent_id":5,"issue":null,"turn":null,"data":{"list":[1,2],"text":"ü"}}

                """#
        )
    }
}
