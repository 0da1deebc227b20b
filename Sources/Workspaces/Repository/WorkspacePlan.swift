import OrchCore

/// A worktree that is wanted, its names checked.
struct WorkspacePlan: Sendable, Hashable {
    var name: String
    var branch: String
    /// The folder of all worktrees, absolute and without symbolic links once it exists.
    var home: String
    /// Whether that folder is in the repository.
    var isInside: Bool

    /// The worktree's folder.
    var path: String { home + "/" + name }

    /// Checks the names without asking git.
    ///
    /// - Parameters:
    ///   - name: one part of a path.
    ///   - branch: the branch; git's own rules are checked by `prepare`.
    ///   - folder: the folder of all worktrees, from the root or absolute.
    ///   - root: the repository's root.
    /// - Throws: `WorkspaceError` with code `badName`.
    init(name: String, branch: String, folder: String, root: String) throws(WorkspaceError) {
        func bad(_ what: String, _ why: String) -> WorkspaceError {
            WorkspaceError(.badName, "`\(SafeText.line(Clip.characters(what, 80)))` \(why)")
        }
        guard Self.isPart(name), name.utf8.count <= 100, !name.hasPrefix("."), !name.hasPrefix("-") else {
            throw bad(
                name,
                "can't be the name of a worktree: it must be one part of a path, at most 100 bytes, and begin with no dot or hyphen"
            )
        }
        guard !branch.isEmpty, !branch.hasPrefix("-"), branch.utf8.count <= 200 else {
            throw bad(
                branch,
                "can't be the name of a branch: it must be there, begin with no hyphen, and have at most 200 bytes"
            )
        }
        var folder = folder
        while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
        let parts = folder.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let named = folder.hasPrefix("/") ? parts.dropFirst() : parts[...]
        guard !named.isEmpty, named.allSatisfy(Self.isPart), named.first != ".git" || folder.hasPrefix("/") else {
            throw bad(
                folder,
                "can't be the folder of the worktrees: it must be a path without `.` and `..`, and not `.git`"
            )
        }
        self.name = name
        self.branch = branch
        let path = folder.hasPrefix("/") ? folder : root + "/" + folder
        // An absolute folder is the user's choice, links and all; inside the repository a link would be a way out of it.
        home = folder.hasPrefix("/") ? Files.real(path) ?? path : path
        isInside = home.hasPrefix(root + "/")
        guard home != root, !root.hasPrefix(home + "/") || folder.hasPrefix("/") else {
            throw bad(folder, "can't be the folder of the worktrees: it is the repository itself")
        }
        if isInside { try requireNoLinks(below: root) }
    }

    /// Checks that no part of the folder, from the repository's root on, leads elsewhere.
    func requireNoLinks(below root: String) throws(WorkspaceError) {
        var path = root
        for part in home.dropFirst(root.count).split(separator: "/") {
            path += "/" + part
            switch Files.kind(path) {
            case .folder, .missing: break
            case .link:
                throw WorkspaceError(
                    .badName,
                    "\(SafeText.line(path)) is a symbolic link: worktrees are only made in real folders"
                )
            case .file, .other:
                throw WorkspaceError(.badName, "\(SafeText.line(path)) is no folder: worktrees can't be made in it")
            }
        }
    }

    private static func isPart(_ text: String) -> Bool {
        !text.isEmpty && text != "." && text != ".." && !text.utf8.contains { $0 == 0 || $0 == 0x2F || $0 == 0x0A }
    }
}
