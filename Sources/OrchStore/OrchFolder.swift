import Glibc

/// Where a repository's hub keeps everything: `.orch` beside its `.git`.
///
/// Only its owner may look into it (0700, its files 0600), and git ignores it through a `.gitignore` of its own.
package struct OrchFolder: Sendable, Hashable {
    /// The main worktree's root, absolute.
    package var repository: String

    /// The folder of a repository.
    package init(repository: String) {
        var root = repository
        while root.utf8.count > 1, root.hasSuffix("/") { root.removeLast() }
        self.repository = root
    }

    /// The folder itself.
    package var path: String { (repository == "/" ? "" : repository) + "/.orch" }
    /// The database.
    package var database: String { path + "/orch.db" }
    /// Its write-ahead log.
    package var writeAheadLog: String { database + "-wal" }
    /// The lock that the one daemon holds (I1).
    package var lock: String { path + "/hub.lock" }
    /// The lock that a process holds while it makes or migrates the database.
    package var setupLock: String { path + "/setup.lock" }
    /// The rolling mirror of the events, if it is switched on.
    package var mirror: String { path + "/state.jsonl" }

    /// The folder that a directory belongs to: its own or the next one above, up to the edge of the repository.
    ///
    /// In a linked worktree, that of its repository. Nil when there is none yet.
    package static func find(from directory: String) throws(StoreError) -> OrchFolder? {
        guard let resolved = realpath(directory, nil) else {
            guard errno != ENOENT else { throw StoreError(.notFound, "there is no folder \(directory)") }
            throw .system("look into", directory)
        }
        defer { free(resolved) }
        var current = String(cString: resolved)
        while true {
            let folder = OrchFolder(repository: current)
            if FileFacts(folder.path)?.isDirectory == true { return folder }
            if let git = FileFacts(current + "/.git") {
                guard !git.isDirectory, let main = Self.mainWorktree(linkedAt: current + "/.git") else { return nil }
                let folder = OrchFolder(repository: main)
                return FileFacts(folder.path)?.isDirectory == true ? folder : nil
            }
            guard let slash = current.lastIndex(of: "/"), current != "/" else { return nil }
            current = slash == current.startIndex ? "/" : String(current[..<slash])
        }
    }

    /// The root that a linked worktree's `.git` file leads to: `gitdir: ROOT/.git/worktrees/NAME`.
    private static func mainWorktree(linkedAt file: String) -> String? {
        guard let text = FileFacts.beginning(of: file, bytes: 8_192), text.hasPrefix("gitdir: "),
            let end = text.range(of: "/.git/worktrees/", after: text.startIndex)
        else { return nil }
        let root = String(text[..<end].dropFirst("gitdir: ".count))
        return root.hasPrefix("/") ? root : nil
    }

    /// Makes the folder, for its owner only, with a `.gitignore` that ignores all of it.
    ///
    /// - Throws: `StoreError` when the file system refuses, or when something else is there under that name.
    package func create() throws(StoreError) {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .system("make the folder", path) }
        try close()
        let ignore = path + "/.gitignore"
        // An empty one is what a full disk or a kill once left.
        if let facts = FileFacts(ignore), !facts.isRegular || facts.size > 0 { return }
        // Of two that make it at once, in one process too, each writes its own, and the last one's stays.
        let fresh = "\(ignore).\(UInt64.random(in: .min ... .max))"
        let file = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw .system("write", ignore) }
        defer { Glibc.close(file) }
        guard write(file, "*\n", 2) == 2, rename(fresh, ignore) == 0 else {
            let error = StoreError.system("write", ignore)
            unlink(fresh)
            throw error
        }
    }

    /// Closes the folder to others.
    ///
    /// - Throws: `StoreError` when it is no folder, a link (which a cloned repository could bring along, leading anywhere), or somebody
    ///   else's.
    private func close() throws(StoreError) {
        guard let facts = FileFacts(path) else { throw .system("look at", path) }
        guard facts.isDirectory else {
            throw StoreError(
                .unwritable,
                "\(path) is no folder but \(facts.kind): move it away; orch keeps its database in a folder of that name"
            )
        }
        guard facts.owner == geteuid() || geteuid() == 0 else {
            throw StoreError(
                .unwritable,
                "\(path) belongs to user \(facts.owner), and orch runs as user \(geteuid()): run it as its owner"
            )
        }
        guard facts.permissions == 0o700 || chmod(path, 0o700) == 0 else { throw .system("close to others", path) }
    }
}

extension String {
    /// Where `other` first begins, from an index on.
    fileprivate func range(of other: String, after start: Index) -> Index? {
        indices[start...].first { self[$0...].hasPrefix(other) }
    }
}
