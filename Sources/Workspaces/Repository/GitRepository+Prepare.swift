import OrchCore

extension GitRepository {
    /// How long a git that outlived a killed hub is waited for.
    private static let leftoverLimit: Duration = .seconds(60)
    private static let leftoverPause: Duration = .milliseconds(100)

    /// Makes an agent's worktree, or finds it as it was left.
    ///
    /// May be called again after a kill at any point, and goes on from there. A branch or worktree that exists is used as it is.
    ///
    /// - Parameters:
    ///   - name: the worktree's folder, such as `iss-12`.
    ///   - branch: its branch, such as `ai/iss-12-fix-the-parser`.
    ///   - baseRef: where a new branch begins.
    ///   - worktreesFolder: the folder of all worktrees, from the repository's root or absolute.
    /// - Returns: the worktree, checked out and on its branch.
    /// - Throws: `WorkspaceError`: `branchElsewhere`, `wrongBranch`, `notOurs`, `locked`, `badName` and `noSuchRef` need a person; for the
    ///   others see `mayPass`.
    package func prepare(
        name: String,
        branch: String,
        baseRef: String,
        worktreesFolder: String = ".worktrees"
    ) async throws(WorkspaceError) -> Workspace {
        let plan = try WorkspacePlan(name: name, branch: branch, folder: worktreesFolder, root: root)
        return try await gate.run { () async throws(WorkspaceError) -> Workspace in
            try await self.prepareNow(plan, baseRef: baseRef)
        }
    }

    /// As `prepare`, for callers that are alone already.
    func prepareNow(_ plan: WorkspacePlan, baseRef: String) async throws(WorkspaceError) -> Workspace {
        try await requireBranchName(plan.branch)
        guard let base = try await commit(of: baseRef) else {
            throw WorkspaceError(.noSuchRef, "there is no `\(SafeText.line(baseRef))` to begin from")
        }
        if plan.isInside { try exclude(plan) }
        try steps.reached(.excluded)
        try makeFolders(plan)
        try steps.reached(.foldersMade)
        return try await find(plan, base: base)
    }

    /// Records that the `after_create` hook of a worktree has run.
    package func setUpDone(_ workspace: Workspace) async throws(WorkspaceError) {
        try await gate.run { () async throws(WorkspaceError) in try self.setUpDoneNow(workspace) }
    }

    /// As `setUpDone`, for callers that are alone already.
    func setUpDoneNow(_ workspace: Workspace) throws(WorkspaceError) {
        guard var marker = try WorkspaceMarker.read(workspace.name, in: gitDir) else { return }
        marker.isSetUp = true
        try marker.write(workspace.name, in: gitDir)
    }

    private func find(_ plan: WorkspacePlan, base: String) async throws(WorkspaceError) -> Workspace {
        let marker = try WorkspaceMarker.read(plan.name, in: gitDir).flatMap {
            $0.path == plan.path && $0.branch == plan.branch ? $0 : nil
        }
        if marker?.state == .adding { try await waitForLeftover(plan) }
        let entries = AdminEntry.all(in: gitDir)
        try requireFree(plan, entries)
        let entry = entries.first { $0.path == plan.path }
        switch (entry, Files.kind(plan.path)) {
        case (nil, .missing): return try await add(plan, base: base, marker: marker)
        case (nil, .folder) where Files.names(in: plan.path).isEmpty:
            return try await add(plan, base: base, marker: marker)
        case (let entry?, .missing):
            try await forget(entry)
            return try await add(plan, base: base, marker: marker)
        case (let entry?, .folder):
            guard marker?.state == .adding || entry.isHalfMade else {
                return try await reuse(plan, entry, base: base, marker: marker)
            }
            return try await finish(plan, entry, base: base, marker: marker)
        case (_, .link):
            throw WorkspaceError(
                .notOurs,
                "\(SafeText.line(plan.path)) is a symbolic link, and not a worktree: move it away"
            )
        default:
            throw WorkspaceError(
                .notOurs,
                "\(SafeText.line(plan.path)) is in the way: it is no worktree of \(root); look at it, then move it away"
            )
        }
    }

    // MARK: - Making

    private func add(_ plan: WorkspacePlan, base: String, marker: WorkspaceMarker?) async throws(WorkspaceError)
        -> Workspace
    {
        let head = try await branchHead(plan.branch)
        let start = try await start(of: head, base: base)
        var marker = marker ?? WorkspaceMarker(plan, baseCommit: start, reusedBranch: head != nil, isAdopted: false)
        let isAgain = marker.state == .ready
        marker.state = .adding
        marker.isAdopted = false
        marker.isSetUp = false
        try marker.write(plan.name, in: gitDir)
        try steps.reached(.markedAdding)
        if head == nil {
            // The empty old value means that the branch must not exist: never moved, only made. Nor is another one made that it names.
            _ = try await git.run(
                ["update-ref", "--no-deref", "-m", "orch: begin", "refs/heads/" + plan.branch, marker.baseCommit, ""],
                at: place
            )
        }
        try steps.reached(.branchMade)
        _ = try await git.run(["worktree", "add", "--quiet", plan.path, plan.branch], at: place, limit: Git.writeLimit)
        try steps.reached(.worktreeMade)
        guard let entry = AdminEntry.all(in: gitDir).first(where: { $0.path == plan.path }),
            entry.branch == plan.branch
        else {
            throw WorkspaceError(
                .failed,
                "git made the worktree \(SafeText.line(plan.path)), but not on `\(SafeText.line(plan.branch))`"
            )
        }
        return try await ready(plan, entry, marker, reused: marker.reusedBranch || isAgain)
    }

    /// Goes on with a worktree whose making was cut off.
    ///
    /// No agent has been there, so that what differs from the commit is only unfinished.
    private func finish(
        _ plan: WorkspacePlan,
        _ entry: AdminEntry,
        base: String,
        marker: WorkspaceMarker?
    ) async throws(WorkspaceError) -> Workspace {
        if entry.isHalfMade { try Files.remove(entry.folder + "/locked") }
        if let marker, linkProblem(entry) == nil, entry.branch == plan.branch {
            try clearStaleLocks(entry, branch: plan.branch)
            _ = try await git.run(
                ["reset", "--hard", "--quiet", "--no-recurse-submodules"],
                at: .checkout(plan.path, gitFolder: entry.folder, commonFolder: gitDir),
                limit: Git.writeLimit
            )
            try steps.reached(.worktreeMade)
            return try await ready(plan, entry, marker, reused: marker.reusedBranch)
        }
        guard Files.names(in: plan.path).allSatisfy({ $0 == ".git" }), Files.kind(plan.path + "/.git") != .folder else {
            throw WorkspaceError(
                .notOurs,
                "the worktree \(SafeText.line(plan.path)) was left half made and has files in it: look at it, then move it away"
            )
        }
        try Files.remove(plan.path + "/.git")
        try Files.remove(plan.path)
        try await forget(entry)
        return try await add(plan, base: base, marker: marker)
    }

    private func reuse(
        _ plan: WorkspacePlan,
        _ entry: AdminEntry,
        base: String,
        marker: WorkspaceMarker?
    ) async throws(WorkspaceError) -> Workspace {
        if Files.kind(plan.path + "/.git") == .missing {
            // Only the file that ties the folder to its git folder is gone: what it says is known.
            try Files.replace(plan.path + "/.git", with: Array("gitdir: \(entry.folder)\n".utf8))
        }
        if let problem = linkProblem(entry) { throw WorkspaceError(.notOurs, problem) }
        guard entry.branch == plan.branch else {
            let found =
                entry.branch.map { "on branch `\(SafeText.line($0))`" } ?? "on no branch (is a rebase under way?)"
            throw WorkspaceError(
                .wrongBranch,
                "the worktree \(SafeText.line(plan.path)) is \(found), and not on `\(SafeText.line(plan.branch))`: put it right, or move it away"
            )
        }
        try clearStaleLocks(entry, branch: plan.branch)
        let start = try await start(of: branchHead(plan.branch), base: base)
        let marker = marker ?? WorkspaceMarker(plan, baseCommit: start, reusedBranch: true, isAdopted: true)
        return try await ready(plan, entry, marker, reused: true)
    }

    private func ready(
        _ plan: WorkspacePlan,
        _ entry: AdminEntry,
        _ marker: WorkspaceMarker,
        reused: Bool
    ) async throws(WorkspaceError) -> Workspace {
        var marker = marker
        marker.state = .ready
        try marker.write(plan.name, in: gitDir)
        try steps.reached(.markedReady)
        guard let head = try await branchHead(plan.branch) else {
            throw WorkspaceError(
                .noSuchRef,
                "the branch `\(SafeText.line(plan.branch))` of \(SafeText.line(plan.path)) has no commit"
            )
        }
        return Workspace(
            name: plan.name,
            path: plan.path,
            branch: plan.branch,
            baseCommit: marker.baseCommit,
            head: head,
            gitDir: entry.folder,
            commonDir: gitDir,
            reused: reused,
            needsSetUp: !marker.isSetUp
        )
    }

    /// Where a branch's own work begins.
    private func start(of head: String?, base: String) async throws(WorkspaceError) -> String {
        guard let head else { return base }
        let answer = try await git.run(["merge-base", base, head], at: place, accepts: [0, 1])
        return answer.exitCode == 0 ? answer.text : base
    }

    // MARK: - Before that

    /// Git's own rules for a branch's name, and no branch in the way of its folder.
    func requireBranchName(_ branch: String) async throws(WorkspaceError) {
        let answer = try await git.run(["check-ref-format", "refs/heads/" + branch], at: place, accepts: [0, 1])
        guard answer.exitCode == 0 else {
            throw WorkspaceError(
                .badName,
                "`\(SafeText.line(Clip.characters(branch, 80)))` is no branch name that git takes"
            )
        }
        var group = branch[...]
        while let slash = group.lastIndex(of: "/") {
            group = group[..<slash]
            if try await branchHead(String(group)) != nil {
                throw WorkspaceError(
                    .badName,
                    "a branch is called `\(SafeText.line(String(group)))`, so that none can be called `\(SafeText.line(branch))`: rename it, or set another branch prefix"
                )
            }
        }
    }

    /// A branch is checked out at most once.
    private func requireFree(_ plan: WorkspacePlan, _ entries: [AdminEntry]) throws(WorkspaceError) {
        let shown = SafeText.line(plan.branch)
        if try AdminEntry.branch(in: gitDir) == plan.branch {
            throw WorkspaceError(
                .branchElsewhere,
                "the branch `\(shown)` is checked out in the main worktree \(root): check out another one there"
            )
        }
        guard let other = entries.first(where: { $0.branch == plan.branch && $0.path != plan.path }) else { return }
        let hint =
            Files.kind(other.path) == .missing
            ? "that folder is gone: `git worktree prune` forgets it"
            : "remove that worktree, or check out another branch there"
        throw WorkspaceError(
            .branchElsewhere,
            "the branch `\(shown)` is checked out in \(SafeText.line(other.path)): \(hint)"
        )
    }

    /// Keeps the agents' folders out of the main worktree's `git status`.
    ///
    /// The user's own lines stay.
    private func exclude(_ plan: WorkspacePlan) throws(WorkspaceError) {
        let file = gitDir + "/info/exclude"
        // A link is somebody's own arrangement; without the lines only `git status` is longer.
        guard Files.kind(file) == .file || Files.kind(file) == .missing else { return }
        let bytes = try Files.read(file, limit: 1 << 20) ?? []
        let lines = Set(SafeText.utf8(bytes).split(separator: "\n").map(String.init))
        let missing = ["\(plan.home.dropFirst(root.count))/", "/.orch/"].filter { !lines.contains($0) }
        guard !missing.isEmpty else { return }
        var text = bytes
        if let last = text.last, last != 0x0A { text.append(0x0A) }
        text += Array((missing.joined(separator: "\n") + "\n").utf8)
        try Files.makeFolders(gitDir + "/info")
        try Files.replace(file, with: text)
    }

    /// The folders that an agent's sandbox opens must be there before it does.
    private func makeFolders(_ plan: WorkspacePlan) throws(WorkspaceError) {
        try Files.makeFolders(plan.home)
        if plan.isInside { try plan.requireNoLinks(below: root) }
        try makeFolders(around: plan.branch)
    }

    /// The folders of a branch and its log, and nothing else in the log's place.
    func makeFolders(around branch: String) throws(WorkspaceError) {
        let group = branch.split(separator: "/").dropLast().joined(separator: "/")
        let suffix = group.isEmpty ? "" : "/" + group
        for folder in ["objects", "refs/heads" + suffix, "logs/refs/heads" + suffix] {
            try RealFolder.make("\(gitDir)/\(folder)")
        }
        try requirePlainLog(of: branch)
    }

    /// A git that a killed hub had started may still be at it: it is left to end.
    private func waitForLeftover(_ plan: WorkspacePlan) async throws(WorkspaceError) {
        let clock = ContinuousClock()
        let end = clock.now + Self.leftoverLimit
        while let pid = LiveProcesses.working(on: [plan.path], isProgram: LiveProcesses.isGit).first {
            guard clock.now < end else {
                throw WorkspaceError(
                    .busy,
                    "git (process \(pid)) has been making \(SafeText.line(plan.path)) for more than a minute"
                )
            }
            do {
                try await clock.sleep(for: Self.leftoverPause)
            } catch {
                throw WorkspaceError(.cancelled, "the hub no longer waits for \(SafeText.line(plan.path))")
            }
        }
    }

    /// Has git forget a worktree whose folder is gone.
    ///
    /// Only this one: others may be on a disk that is not there now.
    func forget(_ entry: AdminEntry) async throws(WorkspaceError) {
        if entry.isHalfMade {
            try Files.remove(entry.folder + "/locked")
        } else if let reason = entry.lockReason {
            throw WorkspaceError(
                .locked,
                "the worktree \(SafeText.line(entry.path)) is gone, and locked"
                    + (reason.isEmpty ? "" : " (\(SafeText.line(reason)))")
                    + ": bring it back, or `git worktree unlock` it"
            )
        }
        _ = try await git.run(["worktree", "remove", entry.path], at: place)
    }
}
