import CodexAppServer
import OrchCore
import OrchTestSupport
import Testing

struct HubThreadPolicyTests {
    @Test func `a worker writes its worktree and what a commit needs, without network`() {
        let policy = HubThreadPolicy(
            folder: "/r/.worktrees/w",
            git: GitFolders(common: "/r/.git", own: "/r/.git/worktrees/w", temporary: "/r/.git/orch/tmp/w"),
            isDangerous: false,
            instructions: "i"
        )
        let turn = policy.turn(threadID: "t", clientID: "c", text: "x")
        #expect(
            turn.sandbox?.json == [
                "type": "workspaceWrite", "networkAccess": false, "excludeTmpdirEnvVar": true, "excludeSlashTmp": true,
                "writableRoots": [
                    "/r/.git/worktrees/w", "/r/.git/objects", "/r/.git/refs/heads/ai", "/r/.git/logs/refs/heads/ai",
                    "/r/.git/orch/tmp/w",
                ],
            ]
        )
        #expect(turn.approvalPolicy == .onRequest)
        #expect(policy.foldersToMake.starts(with: policy.writableRoots))
        #expect(policy.start(name: nil).config == ["shell_environment_policy.set": ["TMPDIR": "/r/.git/orch/tmp/w"]])
        // Shared by agents: what codex would make and remove for each command is there for good.
        for root in ["/r/.git/objects", "/r/.git/refs/heads/ai", "/r/.git/logs/refs/heads/ai"] {
            for name in [".agents", ".aws", ".codex", ".git"] {
                #expect(policy.foldersToMake.contains("\(root)/\(name)"))
            }
        }
        #expect(policy.start(name: "n").config == policy.resume(threadID: "t").config)
    }

    @Test func `the orchestrator reads only; in danger nothing is asked`() {
        var policy = HubThreadPolicy(folder: "/r", git: nil, isDangerous: false, instructions: "i")
        #expect(policy.sandbox == .readOnly)
        #expect(policy.approvalPolicy == .onRequest)
        policy.isDangerous = true
        #expect(policy.sandbox.mode == "danger-full-access")
        #expect(policy.approvalPolicy == .never)
    }
}
