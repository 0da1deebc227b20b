import CSQLite

/// A connection to one SQLite database.
///
/// Not `Sendable`: it belongs to one thread at a time.
///
/// Writes go through `write`, which begins with `BEGIN IMMEDIATE`: a transaction that reads first and writes later would fail at once when
/// another wrote in between, without waiting. No connection checkpoints when it closes: see `checkpoint(limitMs:)`.
public final class Connection {
    /// The file, or `:memory:`.
    public let path: String
    let handle: OpaquePointer
    let busy: BusyWait
    private var cache = StatementCache()
    private var synchronous: Synchronous?
    private let interruption: InterruptHandle
    /// SQLite holds pointers to these without owning them.
    var authorizer: ReadAuthorizer?
    var guardian: QueryGuard?

    /// Opens a database.
    ///
    /// `:memory:` is one of its own.
    ///
    /// - Throws: `SQLiteError`: `SQLITE_CANTOPEN` when the file is missing or out of reach. What the file holds is looked at later, by the
    ///   first statement.
    public init(path: String, _ options: ConnectionOptions) throws(SQLiteError) {
        self.path = path
        var opened: OpaquePointer?
        var flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        switch options.access {
        case .readWrite(let create): flags |= SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0)
        case .readOnly: flags |= SQLITE_OPEN_READONLY
        case .immutable: flags |= SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
        }
        let name = options.access == .immutable ? Self.immutableName(path) : path
        let code = sqlite3_open_v2(name, &opened, flags, nil)
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
        interruption = InterruptHandle(opened)
        sqlite3_busy_handler(opened, BusyWait.callback, Unmanaged.passUnretained(busy).toOpaque())
        try check(orch_no_checkpoint_on_close(opened))
        try check(orch_no_quoted_strings(opened))
        try check(orch_defensive(opened))
    }

    /// The name of a file that nobody changes: <https://sqlite.org/uri.html>.
    private static func immutableName(_ path: String) -> String {
        var name = "file:"
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"),
                UInt8(ascii: "_"):
                name.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                name += (byte < 16 ? "%0" : "%") + String(byte, radix: 16)
            }
        }
        return name + "?immutable=1"
    }

    deinit {
        interruption.close()
        cache.removeAll()
        // Rows that escaped their closure keep their statement: v2 waits for those.
        sqlite3_close_v2(handle)
    }

    // MARK: Facts

    /// The version of the SQLite library in use, as text and number (`3040001` for 3.40.1).
    public static var libraryVersion: (text: String, number: Int) {
        (String(cString: sqlite3_libversion()), Int(sqlite3_libversion_number()))
    }

    /// The rowid of the last insert on this connection.
    public var lastInsertRowID: Int64 { sqlite3_last_insert_rowid(handle) }

    /// Whether a transaction is open.
    public var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    /// Whether the file can only be read, be it asked for or because the file system allows no more.
    public var isReadOnly: Bool { sqlite3_db_readonly(handle, "main") == 1 }

    /// All rows that this connection inserted, updated or deleted, triggers' work included.
    public var totalChanges: Int { Int(sqlite3_total_changes64(handle)) }

    /// Ends what runs on this connection, from any thread.
    public var interruptHandle: InterruptHandle { interruption }

    /// How long a statement waits for another connection's lock, in milliseconds.
    public var busyLimitMs: Int {
        get { busy.limitMs }
        set { busy.limitMs = newValue }
    }

    /// A number that changes when another connection has committed.
    public func dataVersion() throws(SQLiteError) -> Int64 {
        try scalar("PRAGMA data_version") ?? 0
    }

    /// Sets how much the next commits wait for the disk; outside of transactions.
    public func setSynchronous(_ level: Synchronous) throws(SQLiteError) {
        guard synchronous != level else { return }
        try execute("PRAGMA synchronous = \(level.rawValue)")
        synchronous = level
    }

    // MARK: Statements

    /// Runs one statement; the number of rows that it inserted, updated or deleted (0 for other statements).
    @discardableResult
    public func run(_ sql: String, _ values: (any Bindable)?...) throws(SQLiteError) -> Int {
        try run(sql, values: values)
    }

    /// Runs one statement with a list of values; the number of rows that it inserted, updated or deleted.
    @discardableResult
    public func run(_ sql: String, values: [(any Bindable)?]) throws(SQLiteError) -> Int {
        let before = sqlite3_total_changes64(handle)
        let statement = try prepared(sql, values)
        defer { done(statement) }
        var code = statement.step()
        while code == SQLITE_ROW { code = statement.step() }
        guard code == SQLITE_DONE else { throw error(code, sql) }
        // `changes` is about the last statement that changes rows, so a PRAGMA would repeat the count of the one before it.
        return sqlite3_total_changes64(handle) == before ? 0 : Int(sqlite3_changes64(handle))
    }

    /// All rows of a query.
    @inlinable
    public func query<T>(_ sql: String, _ values: (any Bindable)?..., map: (Row) throws -> T) throws -> [T] {
        try query(sql, values: values, map: map)
    }

    /// All rows of a query with a list of values.
    @inlinable
    public func query<T>(_ sql: String, values: [(any Bindable)?], map: (Row) throws -> T) throws -> [T] {
        var rows: [T] = []
        try each(sql, values: values) { row in
            rows.append(try map(row))
            return true
        }
        return rows
    }

    /// The first row of a query, if there is one.
    @inlinable
    public func first<T>(_ sql: String, _ values: (any Bindable)?..., map: (Row) throws -> T) throws -> T? {
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
        defer { done(statement) }
        switch statement.step() {
        case SQLITE_ROW: return try Row(statement: statement).get(0)
        case SQLITE_DONE: return nil
        case let code: throw error(code, sql)
        }
    }

    /// Hands each row to `body`, one at a time, until it returns false.
    public func each(_ sql: String, values: [(any Bindable)?] = [], body: (Row) throws -> Bool) throws {
        let statement = try prepared(sql, values)
        defer { done(statement) }
        let row = Row(statement: statement)
        while true {
            switch statement.step() {
            case SQLITE_ROW: guard try body(row) else { return }
            case SQLITE_DONE: return
            case let code: throw error(code, sql)
            }
        }
    }

    /// The names of the columns that a query has.
    public func columnNames(_ sql: String) throws(SQLiteError) -> [String] {
        let statement = try take(sql)
        defer { done(statement) }
        return (0..<statement.columnCount).map { statement.columnName($0) }
    }

    /// Runs a script of several statements, without values.
    public func execute(_ script: String) throws(SQLiteError) {
        let code = sqlite3_exec(handle, script, nil, nil, nil)
        guard code == SQLITE_OK else { throw error(code, script) }
    }

    // MARK: Inside

    func check(_ code: Int32, _ sql: String? = nil) throws(SQLiteError) {
        guard code == SQLITE_OK else { throw error(code, sql) }
    }

    /// The error that SQLite just reported.
    func error(_ code: Int32, _ sql: String?) -> SQLiteError {
        let extended = sqlite3_extended_errcode(handle)
        // Another call may have come between: then the connection tells of that one, and the code alone is right.
        guard extended & 0xFF == code & 0xFF else {
            return SQLiteError(extendedCode: code, message: String(cString: sqlite3_errstr(code)), sql: sql)
        }
        return SQLiteError(extendedCode: extended, message: String(cString: sqlite3_errmsg(handle)), sql: sql)
    }

    private func prepared(_ sql: String, _ values: [(any Bindable)?]) throws(SQLiteError) -> Statement {
        let statement = try take(sql)
        do {
            try statement.bind(values)
        } catch {
            done(statement)
            throw error
        }
        guardian?.begin()
        return statement
    }

    private func take(_ sql: String) throws(SQLiteError) -> Statement {
        let key = StatementKey(sql: sql)
        if let idle = cache.take(key) { return idle }
        return try prepare(key)
    }

    private func done(_ statement: Statement) {
        statement.reset()
        cache.give(statement)
    }

    private func prepare(_ key: StatementKey) throws(SQLiteError) -> Statement {
        let sql = key.sql
        guard !sql.utf8.contains(0) else {
            throw SQLiteError(extendedCode: SQLITE_MISUSE, message: "a statement contains a NUL character", sql: sql)
        }
        authorizer?.begin()
        var first: OpaquePointer?
        var second: OpaquePointer?
        let code = sql.withCString { text in
            var tail: UnsafePointer<CChar>?
            let code = sqlite3_prepare_v3(handle, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &first, &tail)
            guard code == SQLITE_OK, let tail, tail.pointee != 0 else { return code }
            // What follows may be a comment, which prepares to nothing, and must not be a statement.
            return sqlite3_prepare_v3(handle, tail, -1, 0, &second, nil)
        }
        let failure = code == SQLITE_OK ? nil : error(code, sql)
        sqlite3_finalize(second)
        guard let first, second == nil, failure == nil else {
            sqlite3_finalize(first)
            throw failure
                ?? SQLiteError(
                    extendedCode: SQLITE_MISUSE,
                    message: first == nil ? "there is no statement" : "more than one statement",
                    sql: sql
                )
        }
        return Statement(handle: first, key: key)
    }
}
