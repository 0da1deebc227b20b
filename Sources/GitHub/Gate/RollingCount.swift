import OrchCore

/// How much there was in the last so many milliseconds.
///
/// Kept by the second, so that an hour is at most 3,600 numbers; what happened leaves the count when its whole second is out of the span.
package struct RollingCount: Sendable, Hashable {
    /// One second in which something was counted.
    struct Slot: Sendable, Hashable {
        var second: Int64
        var count: Int
    }

    /// The span, in milliseconds.
    package let spanMs: Int64
    private var slots: [Slot] = []

    /// Nothing yet.
    package init(spanMs: Int64) {
        self.spanMs = spanMs
    }

    /// Counts.
    package mutating func add(_ count: Int, now: Int64) {
        forget(now)
        let second = Self.second(now)
        if let last = slots.last, last.second >= second {
            slots[slots.count - 1].count += count
        } else {
            slots.append(Slot(second: second, count: count))
        }
    }

    /// The sum of what is in the span.
    package func sum(now: Int64) -> Int {
        slots.reduce(0) { $0 + (leaves($1) > now ? $1.count : 0) }
    }

    /// How long until so many more don't exceed a limit, in milliseconds.
    ///
    /// What is more than the limit by itself waits for an empty span, no longer.
    package func wait(for count: Int, limit: Int, now: Int64) -> Int64 {
        var sum = sum(now: now)
        guard sum > 0, sum + count > limit else { return 0 }
        for slot in slots where leaves(slot) > now {
            sum -= slot.count
            if sum == 0 || sum + count <= limit { return leaves(slot) - now }
        }
        return 0
    }

    /// The slots as pairs of "milliseconds ago" and count, for a row in a database.
    func saved(now: Int64) -> JSONValue {
        .array(
            slots.filter { leaves($0) > now }.map {
                [.integer(max(0, now - $0.second * 1_000)), .integer(Int64($0.count))]
            }
        )
    }

    /// Takes up what was saved, so many milliseconds later.
    mutating func restore(_ json: JSONValue?, now: Int64, agedMs: Int64) {
        let pairs = (json?.arrayValue ?? []).prefix(4_000).compactMap { pair -> (ago: Int64, count: Int)? in
            guard let ago = pair[0]?.intValue, let count = pair[1]?.intValue, (0...spanMs + 1_000).contains(ago),
                (1...1_000_000).contains(count)
            else { return nil }
            return (ago + agedMs, Int(count))
        }
        slots = []
        for pair in pairs.sorted(by: { $0.ago > $1.ago }) where pair.ago <= spanMs + 1_000 {
            add(pair.count, now: now - pair.ago)
        }
        forget(now)
    }

    private mutating func forget(_ now: Int64) {
        let gone = slots.prefix { leaves($0) <= now }.count
        slots.removeFirst(gone)
    }

    private func leaves(_ slot: Slot) -> Int64 { slot.second * 1_000 + 999 + spanMs }

    private static func second(_ ms: Int64) -> Int64 { ms >= 0 ? ms / 1_000 : (ms - 999) / 1_000 }
}
