import CodexAppServer
import FoundationEssentials
import OrchCore

extension Effect.ThreadSetup {
    /// The policy for codex, with the folders that it needs.
    ///
    /// - Parameter branchPrefix: as in the settings, with the slash at its end.
    /// - Returns: the policy.
    /// - Throws: `AppServerError` with `files` when the worktree is none any more.
    func policy(branchPrefix: String) throws(AppServerError) -> HubThreadPolicy {
        var git: GitFolders?
        if let worktree { git = try GitFolders.of(worktree: worktree) }
        let prefix = branchPrefix.split(separator: "/").joined(separator: "/")
        let policy = HubThreadPolicy(
            folder: cwd,
            git: git,
            isDangerous: dangerous,
            model: model,
            instructions: instructions,
            tools: hasTools ? ControlTools.definitions : nil,
            branchPrefix: prefix
        )
        for folder in policy.foldersToMake {
            do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch {
                throw AppServerError(.files, "can't make \(folder): \(error)")
            }
        }
        return policy
    }

    /// Why no message is to be sent to the agent now: its worktree is on another branch than its own.
    var misplacement: String? {
        // A worktree that can't be read is told of where its folders are needed.
        guard let worktree, let branch, let head = try? GitFolders.of(worktree: worktree).head else { return nil }
        let shown = head.hasPrefix("refs/heads/") ? String(head.dropFirst(11)) : "no branch (\(head.prefix(12)))"
        // A repository with reftables keeps its heads elsewhere, and says this here.
        guard shown != branch, shown != ".invalid" else { return nil }
        return "its worktree is on \(SafeText.line(shown)), and not on \(branch): put it right, then `orch issue retry`"
    }

    /// The thread's name in codex, for people who look there.
    var name: String { "orch: " + (worktree?.split(separator: "/").last.map(String.init) ?? role) }
}
