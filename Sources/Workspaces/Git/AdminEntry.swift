/// One linked worktree as the repository knows it: a folder in `.git/worktrees`.
///
/// Read from git's own files (gitrepository-layout), since `git worktree list` tells neither the folder nor, before 2.36, odd paths.
struct AdminEntry: Sendable, Hashable {
    /// The worktree's own git folder.
    var folder: String
    /// Where the worktree is said to be.
    var path: String
    /// The branch that it is on; nil when it is on none.
    var branch: String?
    /// Why it must not be removed; nil when nobody said so.
    var lockReason: String?

    /// The name that git gave it, which is the folder's.
    var name: String { String(folder[folder.index(after: folder.lastIndex(of: "/") ?? folder.startIndex)...]) }

    /// Git writes this while it makes a worktree; found at rest, it is a creation that was cut off.
    var isHalfMade: Bool { lockReason == "initializing" }

    /// All of a repository, sorted by name; those that git itself would take for broken are left out.
    ///
    /// An agent can write its own entry: one that can't be read must not keep the others from being found.
    ///
    /// - Parameter commonFolder: the repository's git folder, without symbolic links.
    /// - Returns: the worktrees, the main one not among them.
    static func all(in commonFolder: String) -> [AdminEntry] {
        let home = commonFolder + "/worktrees"
        guard Files.kind(home) == .folder else { return [] }
        var entries: [AdminEntry] = []
        for name in Files.names(in: home) {
            // Left out is what can't be read: a link, a pipe, or a text that is none.
            if let entry = try? one("\(home)/\(name)") { entries.append(entry) }
        }
        return entries
    }

    private static func one(_ folder: String) throws(WorkspaceError) -> AdminEntry? {
        guard Files.kind(folder) == .folder, let link = try Files.line(folder + "/gitdir") else { return nil }
        let file = link.hasPrefix("/") ? link : folder + "/" + link
        guard file.hasSuffix("/.git") else { return nil }
        let path = String(file.dropLast(5))
        return AdminEntry(
            folder: folder,
            path: Files.real(path) ?? path,
            branch: try branch(in: folder),
            lockReason: try Files.line(folder + "/locked")
        )
    }

    /// The branch that a git folder's `HEAD` names; nil when it names a commit.
    static func branch(in gitFolder: String) throws(WorkspaceError) -> String? {
        guard let head = try Files.line(gitFolder + "/HEAD"), head.hasPrefix("ref: refs/heads/") else { return nil }
        return String(head.dropFirst(16))
    }
}
