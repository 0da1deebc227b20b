import OrchCore

/// How a worktree went.
package struct Removal: Sendable, Hashable {
    /// What was saved before; nil if there was nothing to save.
    package var saved: SavedWork?
    /// Where its folder was moved, because there was uncommitted work in it; nil if git removed it.
    package var keptAt: String?
}

extension GitRepository {
    /// Removes an agent's worktree; its branch stays (I12, P-32, P-33).
    ///
    /// Only a linked worktree that the hub made itself, at the path that it made it at, and only after `save`. One with nothing uncommitted
    /// is removed by git, ignored files with it; any other is moved aside into `.removed`, and nothing is deleted. May be called again after
    /// a kill at any point.
    ///
    /// - Parameters:
    ///   - name: the worktree's name.
    ///   - agent: whose work it is.
    ///   - timestampMs: when, in milliseconds since 1970.
    ///   - base: as for `save`.
    /// - Returns: how it went; nothing saved and nothing kept also when it was gone already.
    /// - Throws: `WorkspaceError` with code `notOurs`, `locked`, `busy` or `refused`; then it is still there.
    package func remove(
        name: String,
        agent: String,
        timestampMs: Int64,
        base: String? = nil
    ) async throws(WorkspaceError) -> Removal {
        try await gate.run { () async throws(WorkspaceError) -> Removal in
            guard let marker = try WorkspaceMarker.read(name, in: self.gitDir) else {
                throw WorkspaceError(
                    .notOurs,
                    "no worktree `\(SafeText.line(name))` was made by orch in \(self.root): nothing is removed"
                )
            }
            let shown = SafeText.line(marker.path)
            guard !marker.isAdopted else {
                throw WorkspaceError(
                    .notOurs,
                    "\(shown) was there before orch used it: remove it with `git worktree remove`"
                )
            }
            let entry = AdminEntry.all(in: self.gitDir).first { $0.path == marker.path }
            guard Files.kind(marker.path) != .missing else {
                if let entry {
                    try await self.forget(entry)
                    try RealFolder.remove(self.temporaryFolder(of: entry))
                }
                try WorkspaceMarker.remove(name, in: self.gitDir)
                return Removal(saved: nil, keptAt: nil)
            }
            guard let entry else {
                throw WorkspaceError(
                    .notOurs,
                    "\(shown) is no linked worktree of \(self.root) any more: nothing is removed"
                )
            }
            try self.requireRemovable(entry, marker)
            return try await self.removeNow(entry, name: name, agent: agent, timestampMs: timestampMs, base: base)
        }
    }

    private func requireRemovable(_ entry: AdminEntry, _ marker: WorkspaceMarker) throws(WorkspaceError) {
        let shown = SafeText.line(entry.path)
        guard Files.real(entry.path) == marker.path, entry.path != root, !root.hasPrefix(entry.path + "/") else {
            throw WorkspaceError(.notOurs, "\(shown) leads elsewhere: nothing is removed")
        }
        if let problem = linkProblem(entry) { throw WorkspaceError(.notOurs, problem + ": nothing is removed") }
        if let reason = entry.lockReason {
            throw WorkspaceError(
                .locked,
                "\(shown) is locked\(reason.isEmpty ? "" : " (\(SafeText.line(reason)))"): `git worktree unlock` it first"
            )
        }
        if let pid = LiveProcesses.working(on: [entry.path]).first {
            throw WorkspaceError(.busy, "process \(pid) still works in \(shown): nothing is removed")
        }
    }

    private func removeNow(
        _ entry: AdminEntry,
        name: String,
        agent: String,
        timestampMs: Int64,
        base: String?
    ) async throws(WorkspaceError) -> Removal {
        let saved = try await saveNow(path: entry.path, agent: agent, timestampMs: timestampMs, base: base)
        let place = try await checkout(entry.path).place
        var keptAt: String?
        if try await changes(in: place).isEmpty, saved?.nested.isEmpty ?? true {
            _ = try await git.run(["worktree", "remove", entry.path], at: self.place, limit: Git.writeLimit)
        } else {
            let home = entry.path.split(separator: "/").dropLast().map { "/" + $0 }.joined()
            try Files.makeFolders(home + "/.removed")
            let target = "\(home)/.removed/\(name)-\(timestampMs)"
            try Files.move(entry.path, to: target)
            try await forget(entry)
            keptAt = target
        }
        try RealFolder.remove(temporaryFolder(of: entry))
        try WorkspaceMarker.remove(name, in: gitDir)
        return Removal(saved: saved, keptAt: keptAt)
    }
}
