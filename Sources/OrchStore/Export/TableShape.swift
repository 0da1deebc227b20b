import SQLite

/// A table as an export sees it: its columns by name, and what orders its rows.
struct TableShape: Sendable, Hashable {
    /// A column.
    struct Column: Sendable, Hashable {
        var name: String
        /// The declared type of a STRICT table: INTEGER, REAL, TEXT or BLOB.
        var type: String
    }

    var name: String
    /// Sorted by name: the order of an exported object's members.
    var columns: [Column]
    var primaryKey: [String]

    /// The tables that an export holds, by name; `artifact_chunk` is left to the artifacts' files.
    static func all(_ db: Connection) throws -> [TableShape] {
        let names: [String] = try db.query(
            """
            SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
                AND name NOT IN ('schema_migration', 'artifact_chunk') ORDER BY name
            """
        ) { try $0.get(0) }
        return try names.map { try TableShape($0, db) }
    }

    private init(_ name: String, _ db: Connection) throws {
        let rows: [(Column, Int)] = try db.query("SELECT name, type, pk FROM pragma_table_info(?)", name) {
            (Column(name: try $0.get(0), type: try $0.get(1)), try $0.get(2))
        }
        self.name = name
        columns = rows.map(\.0).sorted { $0.name < $1.name }
        primaryKey = rows.filter { $0.1 > 0 }.sorted { $0.1 < $1.1 }.map(\.0.name)
    }

    /// All rows, in order.
    var select: String {
        "SELECT \(list) FROM \"\(name)\" ORDER BY \(primaryKey.map { "\"\($0)\"" }.joined(separator: ", "))"
    }

    /// One row, its values in the order of `columns`.
    var insert: String {
        "INSERT INTO \"\(name)\" (\(list)) VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))"
    }

    private var list: String { columns.map { "\"\($0.name)\"" }.joined(separator: ", ") }
}
