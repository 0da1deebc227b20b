import OrchCore

/// The hub's own record of a worktree that it made, beside git's: `.git/orch/worktrees/<name>.json`.
///
/// It lies where no agent can write. It is there before the worktree is, so that a creation that was cut off is known as such, and only what
/// carries one is ever removed. The database decides what the worktree is for; this decides whether it is ours.
struct WorkspaceMarker: Sendable, Hashable {
    /// How far it is.
    enum State: String, Sendable, Hashable {
        /// Being made: no agent has been there yet.
        case adding
        /// Made.
        case ready
    }

    var state: State
    var path: String
    var branch: String
    var baseCommit: String
    /// Whether its branch was there before the worktree was made.
    var reusedBranch: Bool
    /// Whether the worktree itself was there before: then it is not ours to remove.
    var isAdopted: Bool
    /// Whether the `after_create` hook was run.
    var isSetUp: Bool

    /// The marker of a worktree that is about to be made, or of one that was found.
    init(_ plan: WorkspacePlan, baseCommit: String, reusedBranch: Bool, isAdopted: Bool) {
        state = isAdopted ? .ready : .adding
        path = plan.path
        branch = plan.branch
        self.baseCommit = baseCommit
        self.reusedBranch = reusedBranch
        self.isAdopted = isAdopted
        isSetUp = isAdopted
    }

    private init?(_ value: JSONValue) {
        guard let state = value["state"]?.stringValue.flatMap(State.init), let path = value["path"]?.stringValue,
            let branch = value["branch"]?.stringValue, let base = value["base"]?.stringValue
        else { return nil }
        self.state = state
        self.path = path
        self.branch = branch
        baseCommit = base
        reusedBranch = value["reused_branch"]?.boolValue ?? true
        isAdopted = value["adopted"]?.boolValue ?? true
        isSetUp = value["set_up"]?.boolValue ?? true
    }

    static func folder(in commonFolder: String) -> String { commonFolder + "/orch/worktrees" }
    private static func file(_ name: String, in commonFolder: String) -> String {
        "\(folder(in: commonFolder))/\(name).json"
    }

    /// The marker of a name; nil if there is none, or none that this version reads.
    static func read(_ name: String, in commonFolder: String) throws(WorkspaceError) -> WorkspaceMarker? {
        guard let bytes = try Files.read(file(name, in: commonFolder)) else { return nil }
        // One that can't be read says nothing: the worktree is then treated as somebody else's, which loses nothing.
        return (try? JSONValue(parsing: bytes)).flatMap(WorkspaceMarker.init)
    }

    /// Writes it, surely.
    func write(_ name: String, in commonFolder: String) throws(WorkspaceError) {
        let value: JSONValue = [
            "state": .string(state.rawValue), "path": .string(path), "branch": .string(branch),
            "base": .string(baseCommit),
            "reused_branch": .bool(reusedBranch), "adopted": .bool(isAdopted), "set_up": .bool(isSetUp),
        ]
        try Files.makeFolders(Self.folder(in: commonFolder))
        try Files.replace(Self.file(name, in: commonFolder), with: Array((value.canonicalText + "\n").utf8))
    }

    /// Removes it.
    static func remove(_ name: String, in commonFolder: String) throws(WorkspaceError) {
        try Files.remove(file(name, in: commonFolder))
    }
}
