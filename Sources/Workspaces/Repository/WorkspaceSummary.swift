/// What git shows in a worktree: for the prompt that continues a turn, and as evidence that an issue is complete.
package struct WorkspaceSummary: Sendable, Hashable {
    /// The most files that are named.
    package static let fileLimit = 100
    /// The most commits that are named.
    package static let commitLimit = 20

    package var branch: String?
    package var head: String
    /// Commits since the base.
    package var commitsAhead: Int
    /// Files that differ from the commit, as `git status` writes them (`?? notes.txt`); the first `fileLimit`.
    package var uncommitted: [String]
    /// How many there are in all.
    package var uncommittedCount: Int
    /// `git diff --stat` of the commits since the base, bounded.
    package var diffStat: String
    /// The newest commits since the base, newest first, as `0a1b2c3d4e Subject`; the first `commitLimit`.
    package var lastCommits: [String]

    /// All of it as a person or a model would read it.
    package var text: String {
        var lines = [
            "Branch: \(branch ?? "none (detached HEAD)")",
            "HEAD: \(head)",
            "Commits since the base: \(commitsAhead)",
        ]
        lines += lastCommits.map { "  " + $0 }
        if commitsAhead > lastCommits.count, !lastCommits.isEmpty {
            lines.append("  … \(commitsAhead - lastCommits.count) more")
        }
        lines.append("Uncommitted files: \(uncommittedCount)")
        lines += uncommitted.map { "  " + $0 }
        if uncommittedCount > uncommitted.count { lines.append("  … \(uncommittedCount - uncommitted.count) more") }
        if !diffStat.isEmpty { lines.append("Changes since the base:\n" + diffStat) }
        return lines.joined(separator: "\n")
    }
}
