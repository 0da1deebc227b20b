import CSQLite

/// A prepared statement, kept for its next use.
///
/// It is idle, or in use by one caller; a second use of the same SQL meanwhile (a query within a query) gets a statement of its own.
final class Statement {
    let handle: OpaquePointer
    let key: StatementKey
    let columnCount: Int
    let parameterCount: Int
    /// Whether columns may be read: after a step that gave a row, until the next step or reset.
    private(set) var hasRow = false
    /// When it was last used, by the cache's count: the oldest is dropped first.
    var lastUse: UInt64 = 0
    /// Whether a caller has it: from its making until the cache gets it back.
    var isInUse = true
    /// Whether the cache keeps it.
    var isCached = false

    init(handle: OpaquePointer, key: StatementKey) {
        self.handle = handle
        self.key = key
        columnCount = Int(sqlite3_column_count(handle))
        parameterCount = Int(sqlite3_bind_parameter_count(handle))
    }

    deinit {
        sqlite3_finalize(handle)
    }

    /// Its text.
    var sql: String { key.sql }

    /// Binds a value to each parameter: as many values as parameters.
    func bind(_ values: [(any Bindable)?]) throws(SQLiteError) {
        guard values.count == parameterCount else {
            throw SQLiteError(
                extendedCode: SQLITE_RANGE,
                message: "\(values.count) values for \(parameterCount) parameters",
                sql: sql
            )
        }
        for (offset, value) in values.enumerated() {
            let index = Int32(offset + 1)
            let code = value?.bind(to: handle, at: index) ?? sqlite3_bind_null(handle, index)
            guard code == SQLITE_OK else {
                throw SQLiteError(
                    extendedCode: code,
                    message: "value \(index) can't be bound: \(String(cString: sqlite3_errstr(code)))",
                    sql: sql
                )
            }
        }
    }

    /// Goes to the next row; SQLite's result code.
    func step() -> Int32 {
        let code = sqlite3_step(handle)
        hasRow = code == SQLITE_ROW
        return code
    }

    /// Makes it ready for the next use, and forgets the values.
    func reset() {
        hasRow = false
        // The code repeats what `step` said.
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    func columnName(_ index: Int) -> String {
        guard index >= 0, index < columnCount, let name = sqlite3_column_name(handle, Int32(index)) else { return "" }
        return String(cString: name)
    }
}
