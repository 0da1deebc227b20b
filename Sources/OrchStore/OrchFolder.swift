import Glibc

/// Where a repository's hub keeps everything: `.orch` beside its `.git`.
package struct OrchFolder: Sendable, Hashable {
    /// The main worktree's root.
    package var repository: String

    /// The folder of a repository.
    package init(repository: String) {
        self.repository = repository
    }

    /// The folder itself.
    package var path: String { repository + "/.orch" }
    /// The database.
    package var database: String { path + "/orch.db" }
    /// The lock that the one daemon holds (I1).
    package var lock: String { path + "/hub.lock" }

    /// Makes the folder, for its owner only, with a `.gitignore` that ignores all of it.
    ///
    /// - Throws: `StoreError.unwritable` when the file system refuses.
    package func create() throws(StoreError) {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw refused("make the folder", path) }
        guard chmod(path, 0o700) == 0 else { throw refused("close the folder to others", path) }
        let ignore = path + "/.gitignore"
        let file = open(ignore, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if file < 0 {
            guard errno == EEXIST else { throw refused("write", ignore) }
            return
        }
        defer { close(file) }
        guard write(file, "*\n", 2) == 2 else { throw refused("write", ignore) }
    }

    private func refused(_ what: String, _ file: String) -> StoreError {
        StoreError(.unwritable, "can't \(what) \(file): \(String(cString: strerror(errno)))")
    }
}
