import OrchStore
import OrchCore
import SQLite

/// Blockers that no time will take away: issues that wait for each other, and for issues that are not there.
struct BlockerProblems: Sendable, Hashable {
    /// Open issues that wait for each other: from one along its blockers back to it.
    var cycles: [[Int]]
    /// Open issues and the numbers that they wait for and no issue has.
    var unknown: [Unknown]

    /// An issue that waits for one that is not there.
    struct Unknown: Sendable, Hashable {
        var issue: Int
        var blocker: Int
    }

    /// Reads those of all open issues.
    static func read(_ db: Connection) throws -> BlockerProblems {
        let issues = HubTables(db).issues
        let edges = try issues.blockerEdges()
        let found = BlockerGraph.cycles(edges: edges)
        var told: Set<Set<Int>> = []
        let cycles = found.keys.sorted().compactMap { found[$0] }.filter { told.insert(Set($0)).inserted }
        var unknown: [Unknown] = []
        for issue in Set(edges.map(\.issue)).sorted() {
            unknown += try issues.unknownBlockers(issue).map { Unknown(issue: issue, blocker: $0) }
        }
        return BlockerProblems(cycles: cycles, unknown: unknown)
    }

    /// Those that an issue is part of.
    func of(_ number: Int) -> BlockerProblems {
        BlockerProblems(
            cycles: cycles.filter { $0.contains(number) },
            unknown: unknown.filter { $0.issue == number }
        )
    }

    /// One sentence for each.
    var words: [String] {
        cycles.map { "\($0.map { "#\($0)" }.joined(separator: " → ")) wait for each other: waiting will not help" }
            + unknown.map { "#\($0.issue) waits for #\($0.blocker), and there is no #\($0.blocker)" }
    }

    /// The sentences as JSON.
    var json: JSONValue { .array(words.map { .string($0) }) }
}
