extension GitRepository {
    /// How old a lock must be that nobody seems to hold.
    private static let staleLockSeconds: Int64 = 60

    /// Removes the lock that a killed git left at a ref, which else no git would get past.
    ///
    /// Only when no git is at work in the repository, and the lock is older than any that a living program of another kind would hold.
    func clearStaleLock(_ ref: String) throws(WorkspaceError) {
        let lock = "\(gitDir)/\(ref).lock"
        guard Files.kind(lock) == .file, Files.age(lock) >= Self.staleLockSeconds,
            LiveProcesses.working(on: [root, gitDir], isProgram: LiveProcesses.isGit).isEmpty
        else { return }
        try Files.remove(lock)
    }
}
