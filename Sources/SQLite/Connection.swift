import CSQLite

/// A connection to one SQLite database.
///
/// Not `Sendable`: it belongs to one thread at a time.
///
/// Writes go through `write`, which begins with `BEGIN IMMEDIATE`: a transaction that reads first and writes later would fail at once when
/// another wrote in between, without waiting. No connection checkpoints by itself: see `checkpoint()`.
public final class Connection {
    /// The file.
    public let path: String
    let handle: OpaquePointer
    private let busy: BusyWait
    private var cache: [String: OpaquePointer] = [:]
    private var synchronous: Synchronous?
    var authorizer: ReadAuthorizer?

    /// Most statements kept prepared.
    static let cacheLimit = 256

    /// Opens a database.
    ///
    /// `:memory:` is one of its own.
    public init(path: String, _ options: ConnectionOptions) throws(SQLiteError) {
        self.path = path
        var opened: OpaquePointer?
        var flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        switch options.access {
        case .readWrite(let create): flags |= SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0)
        case .readOnly: flags |= SQLITE_OPEN_READONLY
        }
        let code = sqlite3_open_v2(path, &opened, flags, nil)
        guard let opened else { throw SQLiteError(extendedCode: SQLITE_NOMEM, message: "no memory for a connection") }
        guard code == SQLITE_OK else {
            let error = SQLiteError(
                extendedCode: sqlite3_extended_errcode(opened),
                message: String(cString: sqlite3_errmsg(opened))
            )
            sqlite3_close_v2(opened)
            throw error
        }
        handle = opened
        busy = BusyWait(limitMs: options.busyLimitMs)
        sqlite3_busy_handler(opened, BusyWait.callback, Unmanaged.passUnretained(busy).toOpaque())
        try check(orch_no_checkpoint_on_close(opened))
        try check(orch_no_quoted_strings(opened))
        try check(orch_defensive(opened))
    }

    deinit {
        for statement in cache.values { sqlite3_finalize(statement) }
        sqlite3_close_v2(handle)
    }

    /// The version of the SQLite library in use, as text and number (`3040001` for 3.40.1).
    public static var libraryVersion: (text: String, number: Int) {
        (String(cString: sqlite3_libversion()), Int(sqlite3_libversion_number()))
    }

    /// The rowid of the last insert on this connection.
    public var lastInsertRowID: Int64 { sqlite3_last_insert_rowid(handle) }

    /// Whether a transaction is open.
    public var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    /// Runs one statement; the number of rows that it changed.
    @discardableResult
    public func run(_ sql: String, _ values: (any Bindable)?...) throws(SQLiteError) -> Int {
        let statement = try prepared(sql, values)
        defer { reset(statement) }
        var code = sqlite3_step(statement)
        while code == SQLITE_ROW { code = sqlite3_step(statement) }
        guard code == SQLITE_DONE else { throw error(code, sql) }
        return Int(sqlite3_changes64(handle))
    }

    /// All rows of a query.
    public func query<T>(_ sql: String, _ values: (any Bindable)?..., map: (borrowing Row) throws -> T) throws -> [T] {
        var rows: [T] = []
        try each(sql, values: values) { row in
            rows.append(try map(row))
            return true
        }
        return rows
    }

    /// The first row of a query, if there is one.
    public func first<T>(_ sql: String, _ values: (any Bindable)?..., map: (borrowing Row) throws -> T) throws -> T? {
        var found: T?
        try each(sql, values: values) { row in
            found = try map(row)
            return false
        }
        return found
    }

    /// The first column of the first row; nil for no row and for NULL.
    public func scalar<T: ColumnValue>(_ sql: String, _ values: (any Bindable)?...) throws(SQLiteError) -> T? {
        let statement = try prepared(sql, values)
        defer { reset(statement) }
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return try Row(statement: statement).get(0)
        case SQLITE_DONE: return nil
        case let code: throw error(code, sql)
        }
    }

    /// Hands each row to `body`, one at a time, until it returns false.
    public func each(_ sql: String, values: [(any Bindable)?], body: (borrowing Row) throws -> Bool) throws {
        let statement = try prepared(sql, values)
        defer { reset(statement) }
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: guard try body(Row(statement: statement)) else { return }
            case SQLITE_DONE: return
            case let code: throw error(code, sql)
            }
        }
    }

    /// Runs a script of several statements, without values.
    public func execute(_ script: String) throws(SQLiteError) {
        let code = sqlite3_exec(handle, script, nil, nil, nil)
        guard code == SQLITE_OK else { throw error(code, script) }
    }

    /// Runs `body` in a transaction that may write, and commits; rolls back when it throws.
    @discardableResult
    public func write<T>(_ body: () throws -> T) throws -> T {
        try transaction("BEGIN IMMEDIATE", body)
    }

    /// Runs `body` on one snapshot of the database.
    @discardableResult
    public func read<T>(_ body: () throws -> T) throws -> T {
        try transaction("BEGIN DEFERRED", body)
    }

    private func transaction<T>(_ begin: String, _ body: () throws -> T) throws -> T {
        try run(begin)
        do {
            let result = try body()
            try run("COMMIT")
            return result
        } catch {
            // SQLite rolls back by itself on some errors (a full disk): then there is nothing left to roll back.
            if isInTransaction { try run("ROLLBACK") }
            throw error
        }
    }

    /// Runs `body` so that its changes alone are undone when it throws.
    ///
    /// Within a transaction.
    @discardableResult
    public func savepoint<T>(_ body: () throws -> T) throws -> T {
        try run("SAVEPOINT step")
        do {
            let result = try body()
            try run("RELEASE step")
            return result
        } catch {
            if isInTransaction {
                try run("ROLLBACK TO step")
                try run("RELEASE step")
            }
            throw error
        }
    }

    /// Sets how much the next commits wait for the disk.
    ///
    /// Outside of transactions.
    public func setSynchronous(_ level: Synchronous) throws(SQLiteError) {
        guard synchronous != level else { return }
        try execute("PRAGMA synchronous = \(level.rawValue)")
        synchronous = level
    }

    /// A number that changes when another connection has committed.
    public func dataVersion() throws(SQLiteError) -> Int64 {
        try scalar("PRAGMA data_version") ?? 0
    }

    /// Writes a consistent copy of the database to a file that must not exist.
    public func copy(to path: String) throws(SQLiteError) {
        try run("VACUUM INTO ?", path)
    }

    /// Moves the write-ahead log into the database and empties it; false when readers were in the way for too long.
    ///
    /// Never a passive checkpoint: those don't hold the writer lock, which is what the WAL-reset bug of SQLite before 3.51.3 needs
    /// (<https://sqlite.org/wal.html#walresetbug>). One process only may call this.
    public func checkpoint() throws(SQLiteError) -> Bool {
        let code = sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
        if code & 0xFF == SQLITE_BUSY { return false }
        guard code == SQLITE_OK else { throw error(code, "checkpoint") }
        return true
    }

    /// Makes a statement fail with `SQLITE_INTERRUPT` after about so many steps of the virtual machine; nil lifts the limit.
    public func setStepLimit(_ steps: Int?) {
        guard let steps else {
            sqlite3_progress_handler(handle, 0, nil, nil)
            return
        }
        sqlite3_progress_handler(handle, Int32(clamping: steps), { _ in 1 }, nil)
    }

    func check(_ code: Int32) throws(SQLiteError) {
        guard code == SQLITE_OK else { throw error(code, nil) }
    }

    private func prepared(_ sql: String, _ values: [(any Bindable)?]) throws(SQLiteError) -> OpaquePointer {
        let statement: OpaquePointer
        if let known = cache[sql] { statement = known } else { statement = try prepare(sql) }
        guard sqlite3_bind_parameter_count(statement) <= values.count else {
            throw SQLiteError(extendedCode: SQLITE_RANGE, message: "\(values.count) values are too few", sql: sql)
        }
        for (index, value) in values.enumerated() {
            let position = Int32(index + 1)
            let code = value.map { $0.bind(to: statement, at: position) } ?? sqlite3_bind_null(statement, position)
            guard code == SQLITE_OK else { throw error(code, sql) }
        }
        return statement
    }

    private func prepare(_ sql: String) throws(SQLiteError) -> OpaquePointer {
        var statement: OpaquePointer?
        var hasTail = false
        let code = sql.withCString { text in
            var tail: UnsafePointer<CChar>?
            let code = sqlite3_prepare_v3(handle, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, &tail)
            if code == SQLITE_OK, let tail {
                hasTail = String(cString: tail).contains { !$0.isWhitespace && $0 != ";" }
            }
            return code
        }
        guard code == SQLITE_OK else { throw error(code, sql) }
        guard let statement, !hasTail else {
            sqlite3_finalize(statement)
            throw SQLiteError(
                extendedCode: SQLITE_MISUSE,
                message: hasTail ? "more than one statement" : "no statement",
                sql: sql
            )
        }
        // A statement may be in use while another is prepared, so a full cache is no reason to end one: it just stays out of it.
        if cache.count >= Self.cacheLimit, let victim = cache.first(where: { sqlite3_stmt_busy($0.value) == 0 }) {
            sqlite3_finalize(victim.value)
            cache[victim.key] = nil
        }
        cache[sql] = statement
        return statement
    }

    private func reset(_ statement: OpaquePointer) {
        sqlite3_reset(statement)
        sqlite3_clear_bindings(statement)
    }

    private func error(_ code: Int32, _ sql: String?) -> SQLiteError {
        let extended = sqlite3_extended_errcode(handle)
        return SQLiteError(
            extendedCode: extended & 0xFF == code & 0xFF ? extended : code,
            message: String(cString: sqlite3_errmsg(handle)),
            sql: sql
        )
    }
}
