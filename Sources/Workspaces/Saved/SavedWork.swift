/// What was put aside of an agent's work, where no clean-up of git's reaches it.
package struct SavedWork: Sendable, Hashable {
    /// Where all of it is kept.
    static let home = "refs/orch/saved/"

    /// The name that keeps it: `refs/orch/saved/<agent>/<time>`.
    package var ref: String
    /// A commit: of all files as they were, or the branch's own when nothing was uncommitted.
    package var commit: String
    /// Folders that are repositories of their own: only the commits that they are at are saved, not their files.
    package var nested: [String]
    /// Whether git could read all files.
    package var isComplete: Bool
    /// The branch that it was on; nil when it was on none, or that is not known.
    package var branch: String?
    /// The branch's own commit; nil when there was none yet.
    package var head: String?

    /// Whose work it is.
    package var agent: String { ref.dropFirst(Self.home.count).split(separator: "/").dropLast().joined(separator: "/") }

    /// The last part of its name: the time, and a number when there was more than one at that time.
    package var time: String { ref.split(separator: "/").last.map(String.init) ?? "" }

    /// When it was saved, in milliseconds since 1970; nil when its name does not tell.
    package var savedAtMs: Int64? { Int64(time.prefix { $0 != "-" }) }

    /// Whether there are files in it that no commit of the branch has.
    package var hasUncommitted: Bool { commit != head }
}
