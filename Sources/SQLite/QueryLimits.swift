import CSQLite

/// How long one statement may take, for SQL that somebody typed.
public struct QueryLimits: Sendable, Hashable {
    /// Most steps of SQLite's virtual machine, in about thousands; nil for any number.
    public var kiloSteps: Int?
    /// Longest time, in milliseconds; nil for any.
    public var timeMs: Int?

    /// Limits of one statement.
    public init(kiloSteps: Int? = nil, timeMs: Int? = nil) {
        self.kiloSteps = kiloSteps
        self.timeMs = timeMs
    }
}

extension Connection {
    /// From now on, a statement that exceeds a limit fails with `SQLITE_INTERRUPT`; nil lifts the limits.
    public func setLimits(_ limits: QueryLimits?) {
        guard let limits else {
            sqlite3_progress_handler(handle, 0, nil, nil)
            guardian = nil
            return
        }
        let guardian = QueryGuard(limits)
        sqlite3_progress_handler(handle, 1_000, QueryGuard.callback, Unmanaged.passUnretained(guardian).toOpaque())
        self.guardian = guardian
    }
}

extension Connection {
    /// Runs `body`, each of whose statements fails with `SQLITE_INTERRUPT` when it takes longer.
    public func withTimeLimit<T>(ms: Int, _ body: () throws -> T) throws -> T {
        setLimits(QueryLimits(timeMs: ms))
        defer { setLimits(nil) }
        return try body()
    }
}

/// Counts and times a statement, called by SQLite each thousand steps.
final class QueryGuard {
    private let limits: QueryLimits
    private var kiloSteps = 0
    private var startedMs = 0

    init(_ limits: QueryLimits) {
        self.limits = limits
    }

    /// A new statement begins.
    func begin() {
        kiloSteps = 0
        startedMs = monotonicMs()
    }

    /// What SQLite calls: 1 to end the statement.
    static let callback: @convention(c) (UnsafeMutableRawPointer?) -> Int32 = { context in
        guard let context else { return 1 }
        return Unmanaged<QueryGuard>.fromOpaque(context).takeUnretainedValue().isOver() ? 1 : 0
    }

    private func isOver() -> Bool {
        kiloSteps += 1
        if let most = limits.kiloSteps, kiloSteps > most { return true }
        if let longest = limits.timeMs, monotonicMs() - startedMs > longest { return true }
        return false
    }
}
