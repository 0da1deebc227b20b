/// The statements that a connection keeps prepared, by their SQL.
struct StatementCache {
    /// Most statements kept.
    static let limit = 256

    private var statements: [StatementKey: Statement] = [:]
    private var uses: UInt64 = 0

    /// The statement of this SQL, which is in use from now on; nil when there is none that is idle.
    mutating func take(_ key: StatementKey) -> Statement? {
        guard let statement = statements[key], !statement.isInUse else { return nil }
        statement.isInUse = true
        return statement
    }

    /// Takes a statement back; of two with the same SQL, the first stays.
    mutating func give(_ statement: Statement) {
        uses += 1
        statement.lastUse = uses
        statement.isInUse = false
        guard !statement.isCached, statements[statement.key] == nil else { return }
        if statements.count >= Self.limit, let oldest = idle.min(by: { $0.lastUse < $1.lastUse }) {
            oldest.isCached = false
            statements[oldest.key] = nil
        }
        statement.isCached = true
        statements[statement.key] = statement
    }

    /// Finalizes all that nobody uses.
    mutating func removeAll() {
        statements = [:]
    }

    private var idle: some Sequence<Statement> { statements.values.lazy.filter { !$0.isInUse } }
}

/// A statement's text, as the cache looks it up: hundreds of bytes, of which a few tell it from most others.
struct StatementKey: Hashable {
    let sql: String

    func hash(into hasher: inout Hasher) {
        let utf8 = sql.utf8
        hasher.combine(utf8.count)
        // The ends differ most: what is done to which table, and which rows are meant.
        for byte in utf8.suffix(16) { hasher.combine(byte) }
    }
}
