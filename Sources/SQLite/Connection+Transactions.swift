extension Connection {
    /// Runs `body` in a transaction that may write, and commits; rolls back when it throws.
    ///
    /// Waits for other writers before anything else, so that nothing in `body` can fail for being late. Not to be nested: a part that may
    /// fail by itself is a `savepoint`.
    @discardableResult
    public func write<T>(_ body: () throws -> T) throws -> T {
        try transaction("BEGIN IMMEDIATE", body)
    }

    /// Runs `body` on one snapshot of the database.
    @discardableResult
    public func read<T>(_ body: () throws -> T) throws -> T {
        try transaction("BEGIN DEFERRED", body)
    }

    /// Runs `body` so that its changes alone are undone when it throws; outside of a transaction, the same as `write`.
    @discardableResult
    public func savepoint<T>(_ body: () throws -> T) throws -> T {
        guard isInTransaction else { return try write(body) }
        // The same name for all: SQLite means the innermost one.
        try run("SAVEPOINT inner")
        do {
            let result = try body()
            try run("RELEASE inner")
            return result
        } catch {
            // On some errors (a full disk) SQLite rolls the whole transaction back by itself.
            if isInTransaction {
                try run("ROLLBACK TO inner")
                try run("RELEASE inner")
            }
            throw error
        }
    }

    private func transaction<T>(_ begin: String, _ body: () throws -> T) throws -> T {
        try run(begin)
        do {
            let result = try body()
            try run("COMMIT")
            return result
        } catch {
            // On some errors (a full disk) SQLite rolls back by itself: then there is nothing left to roll back.
            if isInTransaction { try run("ROLLBACK") }
            throw error
        }
    }
}
