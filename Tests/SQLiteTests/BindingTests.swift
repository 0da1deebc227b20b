import SQLite
import Testing

struct BindingTests {
    enum Colour: String, Bindable, ColumnValue {
        case red, blue
    }

    @Test func `Every type comes back as it was bound`() throws {
        let db = try memory("CREATE TABLE t (i, j, d, s, b, n, o, e)")
        let text = "zero\u{0}byte, ünïcode 🦄"
        let blob: [UInt8] = [0, 255, 0]
        try db.run(
            "INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            Int64.min,
            Int.max,
            -0.5,
            text,
            blob,
            nil,
            true,
            Colour.blue
        )
        let count = try db.first("SELECT i, j, d, s, b, n, o, e FROM t") { row in
            let none: String? = try row.get(5)
            #expect(none == nil)
            #expect(try row.get(0) == Int64.min)
            #expect(try row.get(1) == Int.max)
            #expect(try row.get(2) == -0.5)
            #expect(try row.get(3) == text)
            #expect(try row.get(4) == blob)
            #expect(try row.get(6) == true)
            #expect(try row.get(7) == Colour.blue)
            return row.count
        }
        #expect(count == 8)
    }

    @Test func `An empty text and an empty blob are not NULL`() throws {
        let db = try memory()
        let kinds = try db.first("SELECT ?, ?, ?", "", [] as [UInt8], nil) { row in (0..<3).map { row.kind($0) } }
        #expect(kinds == [.text, .blob, .null])
        #expect(try db.scalar("SELECT ?", "") == "")
        #expect(try db.scalar("SELECT ?", [] as [UInt8]) == [] as [UInt8])
    }

    @Test(arguments: [
        Value.null, .integer(-1), .real(2.5), .text("t\u{0}x"), .text(""), .blob([1, 2]), .blob([]),
    ])
    func `A value of any class comes back as it was bound`(value: Value) throws {
        let found = try memory().first("SELECT ?", value) { try $0.value(0) }
        #expect(found == value)
    }

    @Test func `A text that is not UTF-8 is repaired, not a crash`() throws {
        #expect(try memory().scalar("SELECT CAST(x'61FF62' AS TEXT)") == "a\u{FFFD}b")
    }

    @Test func `A text of megabytes is bound whole`() throws {
        let text = String(repeating: "ten bytes.", count: 1_000_000)
        #expect(try memory().scalar("SELECT length(?)", text) == text.utf8.count)
    }

    @Test func `A column of another class is an error that names it`() throws {
        let db = try memory()
        let error = #expect(throws: SQLiteError.self) { let _: Int? = try db.scalar("SELECT 'text' AS wrong") }
        #expect(error?.message == "column wrong holds text, which is no Int")
        #expect(throws: SQLiteError.self) { let _: Bool? = try db.scalar("SELECT 2") }
        #expect(throws: SQLiteError.self) { let _: Colour? = try db.scalar("SELECT 'green'") }
        #expect(throws: SQLiteError.self) { let _: [UInt8]? = try db.scalar("SELECT 'text'") }
        #expect(throws: SQLiteError.self) { let _: String? = try db.scalar("SELECT 1") }
    }

    @Test func `NULL is an error where a value is needed`() throws {
        let db = try memory()
        #expect(throws: SQLiteError.self) { try db.first("SELECT NULL") { try $0.get(0) as Int } }
        #expect(try db.first("SELECT NULL") { try $0.get(0) as Int? } == .some(nil))
        #expect(try db.scalar("SELECT NULL") as Int? == nil)
        #expect(try db.scalar("SELECT 1 WHERE 0") as Int? == nil)
    }

    @Test func `A column that is not there is an error`() throws {
        let db = try memory()
        for index in [-1, 1] {
            #expect(throws: SQLiteError.self) { try db.first("SELECT 1") { try $0.get(index) as Int } }
        }
    }

    @Test func `A double reads an integer, and an integer no double`() throws {
        #expect(try memory().scalar("SELECT 3") == 3.0)
        #expect(throws: SQLiteError.self) { let _: Int? = try memory().scalar("SELECT 3.0") }
    }

    @Test(arguments: [0, 1, 3])
    func `As many values as parameters, or an error`(count: Int) throws {
        let db = try memory()
        let values: [(any Bindable)?] = Array(repeating: 1, count: count)
        #expect(throws: SQLiteError.self) { try db.run("SELECT ?, ?", values: values) }
        #expect(try db.scalar("SELECT ?1 + ?1", 4) == 8)
    }

    @Test func `Values of the last use do not linger`() throws {
        let db = try memory()
        #expect(try db.scalar("SELECT ?", 7) == 7)
        #expect(try db.scalar("SELECT ?", nil) as Int? == nil)
    }
}
