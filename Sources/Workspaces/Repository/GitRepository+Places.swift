import OrchCore

extension GitRepository {
    /// Where git has to work for a linked worktree of ours, told in full.
    ///
    /// - Throws: `WorkspaceError` with code `notOurs` when it is none, and `refused` when its own settings could run programs.
    func checkout(_ path: String) async throws(WorkspaceError) -> (place: GitPlace, entry: AdminEntry) {
        let entry = try entry(tiedTo: path)
        try await refuseUntrustedSettings(entry)
        return (.checkout(path, gitFolder: entry.folder, commonFolder: gitDir), entry)
    }

    /// Where git has to work in a folder: the main worktree, or the linked one that the folder is in.
    func place(around folder: String) async throws(WorkspaceError) -> GitPlace {
        guard let real = Files.real(folder) else {
            throw WorkspaceError(.notOurs, "there is no folder \(SafeText.line(folder))")
        }
        let entries = AdminEntry.all(in: gitDir)
        var place = GitPlace.checkout(root, gitFolder: gitDir, commonFolder: gitDir)
        if let entry = entries.first(where: { real == $0.path || real.hasPrefix($0.path + "/") }) {
            place = try await checkout(entry.path).place
        } else if real != root, !real.hasPrefix(root + "/") {
            throw WorkspaceError(.notOurs, "\(SafeText.line(folder)) is neither in \(root) nor in one of its worktrees")
        }
        place.folder = real
        return place
    }

    /// What is wrong with the tie between a worktree's folder and its git folder, and between that and the repository's; nil when they
    /// point at each other.
    nonisolated func linkProblem(_ entry: AdminEntry) -> String? {
        let shown = SafeText.line(entry.path)
        switch Files.kind(entry.path) {
        case .folder: break
        case .missing: return "the worktree \(shown) is gone"
        case .link: return "\(shown) is a symbolic link, and not a worktree"
        case .file, .other: return "\(shown) is no folder"
        }
        guard let line = Self.pointer(entry.path + "/.git"), line.hasPrefix("gitdir: ") else {
            return "\(shown) has no `.git` file that names its git folder: `git worktree repair` may mend it"
        }
        let target = String(line.dropFirst(8))
        guard Files.real(target.hasPrefix("/") ? target : entry.path + "/" + target) == entry.folder else {
            return "the `.git` file of \(shown) points to \(SafeText.line(target)), and not to \(entry.folder)"
        }
        let file = entry.folder + "/commondir"
        let common = Self.pointer(file) ?? ""
        guard Files.real(common.hasPrefix("/") ? common : entry.folder + "/" + common) == gitDir else {
            return "\(SafeText.line(file)) does not lead to \(gitDir), so that git in \(shown) would believe another "
                + "repository's settings, and run what they name: write `../..` into it before you use git there"
        }
        return nil
    }

    /// What a file of git's says that names another; nil when it is no small, regular file.
    private static func pointer(_ path: String) -> String? {
        // Why it can't be read makes no difference: it names nothing.
        try? Files.line(path)
    }

    /// A worktree may have settings of its own, and its agent can write them: only those that run nothing are accepted.
    private func refuseUntrustedSettings(_ entry: AdminEntry) async throws(WorkspaceError) {
        let file = entry.folder + "/config.worktree"
        guard Files.kind(file) != .missing else { return }
        let isUsed =
            try await git.run(
                ["config", "--type=bool", "--get", "extensions.worktreeConfig"],
                at: place,
                accepts: [0, 1]
            ).text == "true"
        guard isUsed else { return }
        let shown = SafeText.line(file)
        guard Files.kind(file) == .file else {
            throw WorkspaceError(.refused, "\(shown) is no regular file: remove it")
        }
        let names = try await git.run(["config", "--file", file, "--name-only", "--list", "-z"], at: place).records
        if let name = names.first(where: { !GitHardening.harmlessWorktreeSettings.contains($0.lowercased()) }) {
            throw WorkspaceError(
                .refused,
                "\(shown) sets \(SafeText.line(name)), which could make git run programs outside the sandbox: remove it from there"
            )
        }
    }

    /// Removes lock files that a killed git left, so that the next commit is not refused (P-37).
    ///
    /// Those of the worktree's own git folder (`index.lock`, `HEAD.lock`) and of its branch; never what all worktrees share.
    ///
    /// - Throws: `WorkspaceError` with code `busy` while a git works there.
    func clearStaleLocks(_ entry: AdminEntry, branch: String) throws(WorkspaceError) {
        let own = Files.names(in: entry.folder).filter { $0.hasSuffix(".lock") }.map { "\(entry.folder)/\($0)" }
        let locks = (own + ["\(gitDir)/refs/heads/\(branch).lock"]).filter { Files.kind($0) != .missing }
        guard let first = locks.first else { return }
        if let pid = LiveProcesses.working(on: [entry.path, entry.folder] + locks, isProgram: LiveProcesses.isGit).first
        {
            throw WorkspaceError(
                .busy,
                "git (process \(pid)) works in \(SafeText.line(entry.path)) and holds \(SafeText.line(first))"
            )
        }
        for lock in locks { try Files.remove(lock) }
    }
}
