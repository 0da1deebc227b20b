/// The statements that a connection keeps prepared, by their SQL: taken out while in use.
struct StatementCache {
    /// Most statements kept.
    static let limit = 256

    private var idle: [String: Statement] = [:]
    private var uses: UInt64 = 0

    /// The idle statement of this SQL, which is no longer in the cache.
    mutating func take(_ sql: String) -> Statement? {
        idle.removeValue(forKey: sql)
    }

    /// Puts a statement back; of two with the same SQL, one stays.
    mutating func give(_ statement: Statement) {
        uses += 1
        statement.lastUse = uses
        if idle.count >= Self.limit, let oldest = idle.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            idle[oldest.key] = nil
        }
        idle[statement.sql] = statement
    }

    /// Finalizes all.
    mutating func removeAll() {
        idle = [:]
    }
}
