import CodexAppServer
import OrchCore
import OrchTestSupport
import Testing
import Workspaces

@testable import Hub

/// What codex is told that an agent may write, from a real worktree.
@Suite(.timeLimit(.minutes(1)))
struct ThreadPolicyTests {
    private let branch = "ai/iss-1-a-title"

    private func setup(_ workspace: Workspace, cwd: String? = nil) -> Effect.ThreadSetup {
        Effect.ThreadSetup(
            role: "sub",
            cwd: cwd ?? workspace.path,
            worktree: workspace.path,
            dangerous: false,
            model: nil,
            instructions: "",
            hasTools: false,
            branch: branch
        )
    }

    /// A worktree, and one message for its agent.
    private func submit(
        _ transport: ScriptedTransport,
        steers: String? = nil,
        _ change: (RepositoryFixture, Workspace) throws -> Void
    ) async throws -> (result: EffectResult, root: String) {
        let fixture = try await PerformerFixture(transport)
        defer { fixture.close() }
        let workspace = try await fixture.context.repository.prepare(name: "iss-1", branch: branch, baseRef: "main")
        try change(fixture.repository, workspace)
        let result = await TurnSubmitter(fixture.context).perform(
            .init(
                turn: "turn-1",
                conversation: 1,
                threadID: "t",
                thread: setup(workspace),
                text: "Do it.",
                steers: steers
            ),
            attempts: 1
        )
        return (result, fixture.repository.root)
    }

    private static func transport() -> ScriptedTransport {
        ScriptedTransport { method, _ in
            switch method {
            case "thread/read": .result(["thread": ["id": "t", "status": ["type": "idle"]]])
            case "turn/start": .result(["turn": ["id": "u"]])
            case "turn/steer": .result(["turnId": "u"])
            default: .error("unexpected \(method)")
            }
        }
    }

    @Test func `an agent's roots are the repository's own folders, and are there`() async throws {
        let transport = Self.transport()
        let (result, root) = try await submit(transport) { _, _ in }
        #expect(result == .done(.accepted(codexTurn: "u", found: false)))
        let roots = try #require(transport.sent.last?["params"]?["sandboxPolicy"]?["writableRoots"]?.arrayValue)
        #expect(
            roots.compactMap(\.stringValue)
                == [
                    "worktrees/iss-1", "objects", "refs/heads/ai", "logs/refs/heads/ai", "orch/tmp/iss-1",
                ].map { "\(root)/.git/\($0)" }
        )
    }

    @Test func `a turn is not started in a worktree that its agent has led elsewhere`() async throws {
        let transport = Self.transport()
        let (result, _) = try await submit(transport) { repository, _ in
            try repository.directory.write("repo/.git/worktrees/iss-1/commondir", "\(repository.directory.path)/evil\n")
        }
        guard case .failed(.wrongPlace, let reason) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(reason.contains("commondir does not lead to"))
        #expect(transport.methods.isEmpty)
    }

    @Test func `a turn that runs is told what it is told, wherever its worktree leads: it gets no folders by it`()
        async throws
    {
        let transport = Self.transport()
        let (result, _) = try await submit(transport, steers: "u") { repository, _ in
            try repository.directory.write("repo/.git/worktrees/iss-1/commondir", "/evil\n")
        }
        #expect(result == .done(.accepted(codexTurn: "u", found: false)))
        #expect(transport.sent.last?["params"]?["sandboxPolicy"] == nil)
    }

    @Test func `another branch is told as that`() async throws {
        let transport = Self.transport()
        let (result, _) = try await submit(transport) { repository, _ in
            try repository.directory.write("repo/.git/worktrees/iss-1/HEAD", "ref: refs/heads/other\n")
        }
        let reason = "its worktree is on other, and not on \(branch): put it right, then `orch issue retry`"
        #expect(result == .failed(code: .wrongBranch, reason: reason))
        #expect(transport.methods.isEmpty)
    }

    @Test func `a conversation in another folder than the agent's worktree gets no policy`() async throws {
        let fixture = try await PerformerFixture()
        let repository = fixture.context.repository
        let workspace = try await repository.prepare(name: "iss-1", branch: branch, baseRef: "main")
        let error = #expect(throws: WorkspaceError.self) {
            try setup(workspace, cwd: fixture.repository.root).policy(in: repository, branchPrefix: "ai/")
        }
        #expect(error?.code == .notOurs)
    }
}
