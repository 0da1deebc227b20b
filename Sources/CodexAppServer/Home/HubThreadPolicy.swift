package import OrchCore

/// How a hub thread is set up: what its commands may touch, when codex asks, which tools it has.
///
/// A worker writes its worktree and, to be able to commit, as little of the repository's git folder as works: its own worktree's git folder, the
/// object store, and the branches under `ai/` with their logs. Not `config`, not `hooks`, no other ref, no other worktree, not the main checkout, no
/// temporary folder but one of its own, and no network. The orchestrator reads only.
package struct HubThreadPolicy: Sendable, Hashable {
    /// Where the thread works: the worktree, or the repository for the orchestrator.
    package var folder: String
    /// The git folders of the worktree; nil for the orchestrator.
    package var git: GitFolders?
    /// Whether everything is allowed (`--dangerous`).
    package var isDangerous: Bool
    /// The model, if not the configured one.
    package var model: String?
    /// The system prompt on top of codex's.
    package var instructions: String
    /// The hub's tools (`dynamicTools`), for the orchestrator.
    package var tools: JSONValue?
    /// The branches that agents commit to: `<prefix>/…`.
    package var branchPrefix: String

    /// A policy.
    package init(
        folder: String,
        git: GitFolders?,
        isDangerous: Bool,
        model: String? = nil,
        instructions: String,
        tools: JSONValue? = nil,
        branchPrefix: String = "ai"
    ) {
        self.folder = folder
        self.git = git
        self.isDangerous = isDangerous
        self.model = model
        self.instructions = instructions
        self.tools = tools
        self.branchPrefix = branchPrefix
    }

    /// What the thread's commands may touch.
    package var sandbox: SandboxPolicy {
        if isDangerous { return .dangerFullAccess }
        guard git != nil else { return .readOnly }
        return .workspaceWrite(writableRoots: writableRoots)
    }

    /// When codex asks: for what the sandbox does not allow.
    ///
    /// In danger nothing is left to ask for.
    package var approvalPolicy: ApprovalPolicy { isDangerous ? .never : .onRequest }

    /// What a worker writes beside its worktree.
    package var writableRoots: [String] {
        guard let git else { return [] }
        return [
            git.own, "\(git.common)/objects", "\(git.common)/refs/heads/\(branchPrefix)",
            "\(git.common)/logs/refs/heads/\(branchPrefix)", git.temporary,
        ]
    }

    /// The folders that have to be there before the thread's first turn: codex can't make a writable root.
    ///
    /// In those that agents share, codex's protected names are there for good. Codex would make each of them for the length of a command, and
    /// keep count in TMPDIR; agents have one each, so that one agent's command removed what another's was about to use (seen: 3 % of commands
    /// failed with `bwrap: Can't remount readonly`). Git passes over names that begin with a dot, there.
    package var foldersToMake: [String] {
        let roots = writableRoots
        let shared = roots.dropFirst().dropLast()
        return roots + shared.flatMap { root in Self.protectedNames.map { "\(root)/\($0)" } }
    }

    /// What codex 0.163 lets no command write below a writable root.
    private static let protectedNames = [".agents", ".aws", ".codex", ".git"]

    /// Settings of the thread that go with its start and with each resume; codex forgets them with the process.
    private var config: JSONValue? {
        git.map { ["shell_environment_policy.set": ["TMPDIR": .string($0.temporary)]] }
    }

    /// Parameters for opening the thread.
    package func start(name: String?) -> ThreadStartParams {
        ThreadStartParams(
            folder: folder,
            model: model,
            sandbox: sandbox,
            approvalPolicy: approvalPolicy,
            developerInstructions: instructions,
            tools: tools,
            config: config,
            name: name
        )
    }

    /// Parameters for bringing the thread back.
    package func resume(threadID: String) -> ThreadResumeParams {
        ThreadResumeParams(
            threadID: threadID,
            folder: folder,
            model: model,
            sandbox: sandbox,
            approvalPolicy: approvalPolicy,
            config: config
        )
    }

    /// Parameters for a turn.
    ///
    /// Each carries the sandbox: a resumed thread knows its mode, but not its writable roots.
    package func turn(threadID: String, clientID: String, text: String) -> TurnStartParams {
        TurnStartParams(
            threadID: threadID,
            clientID: clientID,
            text: text,
            model: model,
            folder: folder,
            sandbox: sandbox,
            approvalPolicy: approvalPolicy
        )
    }
}
