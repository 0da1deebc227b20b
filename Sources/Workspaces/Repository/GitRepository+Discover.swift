import OrchCore

extension GitRepository {
    /// Finds the repository that a folder is in, also from inside one of its worktrees.
    ///
    /// - Parameters:
    ///   - start: the folder to begin at, absolute.
    ///   - environment: this process's environment, of which git gets an allow-list.
    /// - Returns: the repository, with the root of its main worktree.
    /// - Throws: `WorkspaceError` with code `gitMissing`, `gitTooOld`, `notARepository`, `bareRepository`, `emptyRepository` or
    ///   `unsupportedRepository`.
    package static func discover(
        from start: String,
        environment: [String: String] = ProcessEnvironment.inherited
    ) async throws(WorkspaceError) -> GitRepository {
        try await discover(from: start, environment: environment, steps: Steps())
    }

    static func discover(
        from start: String,
        environment: [String: String],
        steps: Steps
    ) async throws(WorkspaceError) -> GitRepository {
        let git = try await Git.find(in: environment)
        guard let start = Files.real(start), Files.kind(start) == .folder else {
            throw WorkspaceError(
                .notARepository,
                "\(SafeText.line(start)) is no folder: name one that is in a git repository"
            )
        }
        let answer = try await git.run(
            ["rev-parse", "--is-bare-repository", "--is-inside-git-dir", "--git-dir", "--git-common-dir"],
            at: .unknown(start),
            accepts: Set(0...255)
        )
        guard answer.exitCode == 0 else {
            let words = SafeText.line(Clip.characters(answer.error.trimmedLines, 400))
            throw WorkspaceError(
                .notARepository,
                "\(SafeText.line(start)) is in no git repository (git says: \(words)): run `git init`, or go to one"
            )
        }
        let lines = answer.text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 4, let own = Files.real(absolute(lines[2], in: start)),
            let common = Files.real(absolute(lines[3], in: start))
        else {
            throw WorkspaceError(
                .unsupportedRepository,
                "the git folder of \(SafeText.line(start)) can't be told: does its path hold a line end?"
            )
        }
        let isPlain = own == common && lines[1] == "false"
        let root = try await mainRoot(git, start: start, common: common, isBare: lines[0] == "true", isPlain: isPlain)
        let repository = GitRepository(root: root, gitDir: common, git: git, steps: steps)
        try await repository.requireSupport()
        return repository
    }

    private static func mainRoot(
        _ git: Git,
        start: String,
        common: String,
        isBare: Bool,
        isPlain: Bool
    ) async throws(WorkspaceError) -> String {
        let bare = WorkspaceError(
            .bareRepository,
            "\(common) is a bare repository: orch works beside a checkout; clone it and start there"
        )
        if isBare { throw bare }
        if isPlain {
            let top = try await git.run(["rev-parse", "--show-toplevel"], at: .unknown(start)).text
            if let root = Files.real(top) { return root }
        }
        // From a linked worktree or from inside the git folder: the main worktree is named by the repository's own settings.
        let place = GitPlace.repository(root: common, commonFolder: common)
        let isBare = try await git.run(["config", "--type=bool", "--get", "core.bare"], at: place, accepts: [0, 1])
        if isBare.text == "true" { throw bare }
        let configured = try await git.run(["config", "--get", "core.worktree"], at: place, accepts: [0, 1]).text
        if !configured.isEmpty, let root = Files.real(absolute(configured[...], in: common)) { return root }
        if common.hasSuffix("/.git") { return String(common.dropLast(5)) }
        throw WorkspaceError(
            .unsupportedRepository,
            "the git folder \(common) does not tell where its main worktree is: start orch from the main worktree"
        )
    }

    private func requireSupport() async throws(WorkspaceError) {
        guard !root.contains("\n") else {
            throw WorkspaceError(
                .unsupportedRepository,
                "the repository's path has a line end in it: move it to another folder"
            )
        }
        let storage = try await git.run(["config", "--get", "extensions.refStorage"], at: place, accepts: [0, 1]).text
        guard storage.isEmpty || storage == "files" else {
            throw WorkspaceError(
                .unsupportedRepository,
                "the repository keeps its branches as \(SafeText.line(storage)): orch can open only files to an agent, one branch at a time; "
                    + "`git refs migrate --ref-format=files` changes that"
            )
        }
        guard try await commit(of: "HEAD") != nil else {
            throw WorkspaceError(
                .emptyRepository,
                "\(root) has no commit yet, so no branch can begin: make a first commit (`git commit --allow-empty -m start`)"
            )
        }
    }

    private static func absolute(_ path: Substring, in folder: String) -> String {
        path.hasPrefix("/") ? String(path) : folder + "/" + path
    }
}
