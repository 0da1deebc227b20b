import OrchCore

extension GitRepository {
    /// The folders that an agent in a worktree gets to write.
    ///
    /// Nothing that an agent can write has a say in where they are: the git folder was found when the hub began, and the worktree's own one is in
    /// it, and named by where it lies. What git's files in there say, on the other hand, must agree with that, else git would be led elsewhere.
    ///
    /// - Parameter worktree: the worktree, absolute and without symbolic links.
    /// - Returns: the folders.
    /// - Throws: `WorkspaceError` with code `notOurs` when it is no linked worktree, or its files lead elsewhere.
    package nonisolated func agentFolders(worktree: String) throws(WorkspaceError) -> AgentFolders {
        let entry = try entry(tiedTo: worktree)
        return AgentFolders(gitDir: entry.folder, temporary: temporaryFolder(of: entry), branch: entry.branch)
    }

    /// Makes folders that a sandbox is to open, and proves of each that no link leads to it.
    ///
    /// - Parameter paths: absolute paths in the repository's git folder or of worktrees.
    /// - Throws: `WorkspaceError` with code `notOurs` when one is not what its path says, `files` when it can't be made.
    package nonisolated func makeSandboxFolders(_ paths: [String]) throws(WorkspaceError) {
        for path in paths {
            // What is temporary is nobody else's business.
            try RealFolder.make(path, mode: path.hasPrefix(gitDir + "/orch/") ? 0o700 : 0o777)
        }
    }

    /// Makes sure that a program of the user's may run in an agent's worktree: git there would believe the repository's settings, and no others.
    ///
    /// - Throws: `WorkspaceError` with code `notOurs` or `refused` when it would not.
    package func requireTrusted(worktree: String) async throws(WorkspaceError) {
        _ = try await place(around: worktree)
    }

    /// Where an agent keeps temporary files.
    ///
    /// Not in its own git folder: codex keeps count in here of what it mounts, outside the sandbox, and believes it. Of a folder that is a writable
    /// root itself codex keeps the agent from putting something else in its place; one in a writable root can be moved away (seen with 0.163).
    nonisolated func temporaryFolder(of entry: AdminEntry) -> String { "\(gitDir)/orch/tmp/\(entry.name)" }

    /// The worktree's entry that points at the folder, and that the folder points at.
    ///
    /// Other entries may claim the same folder: each can be written by its agent.
    ///
    /// - Throws: `WorkspaceError` with code `notOurs`, with the reason.
    nonisolated func entry(tiedTo worktree: String) throws(WorkspaceError) -> AdminEntry {
        var reason = "\(SafeText.line(worktree)) is no linked worktree of \(root)"
        for entry in AdminEntry.all(in: gitDir) where entry.path == worktree {
            guard let problem = linkProblem(entry) else { return entry }
            reason = problem
        }
        throw WorkspaceError(.notOurs, reason)
    }

    /// Git writes the log of a branch wherever a link in its place leads, and agents could put one there.
    ///
    /// - Throws: `WorkspaceError` with code `notOurs` when the branch's log is something else than a file.
    nonisolated func requirePlainLog(of branch: String) throws(WorkspaceError) {
        let log = "\(gitDir)/logs/refs/heads/\(branch)"
        guard Files.kind(log) != .missing else { return }
        guard Files.kind(log) == .file, Files.real(log) == log else {
            throw WorkspaceError(.notOurs, "\(SafeText.line(log)) is no file, and git would follow it: remove it")
        }
    }
}
