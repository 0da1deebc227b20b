import OrchTestSupport
import Settings
import Testing

@testable import Hub

/// Worktrees, hooks and commands, with the real git.
@Suite(.timeLimit(.minutes(2)))
struct WorkspacePerformerTests {
    private func hooks(_ change: (inout HookSettings) -> Void) -> HubSettings {
        var settings = HubSettings()
        change(&settings.hooks)
        return settings
    }

    private let wanted = Effect.PrepareWorkspace(agent: 1, name: "iss-1", branch: "ai/iss-1-x", folder: "iss-1")

    @Test func `a worktree is made on a branch of its own, and its first hook runs once`() async throws {
        let fixture = try await PerformerFixture(
            settings: hooks {
                $0.afterCreate = "echo made >> \"$HOME/log\""
                $0.beforeRun = "echo \"run $ORCH_AGENT\" >> \"$HOME/log\""
            }
        )
        for reused in [false, true] {
            guard
                case .done(.workspace(let path, "ai/iss-1-x", _, _, reused)) = await WorkspacePreparer(fixture.context)
                    .perform(wanted)
            else {
                Issue.record("no worktree (reused: \(reused))")
                return
            }
            #expect(path == fixture.repository.root + "/.worktrees/iss-1")
        }
        #expect(try fixture.repository.directory.read("home/log") == "made\nrun iss-1\nrun iss-1\n")
    }

    @Test func `a first hook that fails ends the attempt, and runs again in the next`() async throws {
        let fixture = try await PerformerFixture(
            settings: hooks { $0.afterCreate = "echo x >> \"$HOME/log\"; echo no disk; test -e \"$HOME/ok\"" }
        )
        guard case .failed(.other, let reason) = await WorkspacePreparer(fixture.context).perform(wanted) else {
            Issue.record("it did not fail")
            return
        }
        #expect(reason.contains("after_create") && reason.contains("no disk"))
        try fixture.repository.directory.write("home/ok", "")
        guard case .done = await WorkspacePreparer(fixture.context).perform(wanted) else {
            Issue.record("it failed again")
            return
        }
        #expect(try fixture.repository.directory.read("home/log") == "x\nx\n")
    }

    @Test func `what git shows is told, a detached HEAD as what it is`() async throws {
        let fixture = try await PerformerFixture()
        _ = await WorkspacePreparer(fixture.context).perform(wanted)
        let path = fixture.repository.root + "/.worktrees/iss-1"
        try await fixture.repository.shell(
            "cd .worktrees/iss-1 && echo a > a && git add a && git commit -q -m a && echo b > b"
        )
        let effect = Effect.InspectWorkspace(
            agent: 1,
            worktree: path,
            branch: "ai/iss-1-x",
            base: nil,
            purpose: .goOn,
            turn: "t"
        )
        guard case .done(.inspected(let facts)) = await WorkspaceInspector(fixture.context).perform(effect) else {
            Issue.record("not inspected")
            return
        }
        #expect(facts.branch == "ai/iss-1-x")
        #expect(facts.commitsAhead == 1)
        #expect(facts.uncommitted == ["?? b"])
        try await fixture.repository.shell("cd .worktrees/iss-1 && git checkout -q --detach")
        guard case .done(.inspected(let detached)) = await WorkspaceInspector(fixture.context).perform(effect) else {
            Issue.record("not inspected")
            return
        }
        #expect(detached.branch == "no branch (detached HEAD)")
    }

    @Test func `I4: a command and a hook that a killed daemon had begun are not run twice`() async throws {
        let fixture = try await PerformerFixture(settings: hooks { $0.afterRun = "echo x >> \"$HOME/log\"" })
        let root = fixture.repository.root
        let exec = Effect.RunExec(decision: 1, argv: ["git", "status", "--short"], cwd: root, limitMs: 60_000)
        guard case .done(.exec(0, _)) = await ExecPerformer(fixture.context).perform(exec, attempts: 1),
            case .failed = await ExecPerformer(fixture.context).perform(exec, attempts: 2)
        else {
            Issue.record("not once")
            return
        }
        let hook = Effect.RunHook(hook: "after_run", worktree: root)
        #expect(await HookPerformer(fixture.context).perform(hook, attempts: 1) == .done(.nothing))
        guard case .failed = await HookPerformer(fixture.context).perform(hook, attempts: 2) else {
            Issue.record("run twice")
            return
        }
        #expect(try fixture.repository.directory.read("home/log") == "x\n")
    }

    @Test func `no hook runs in a worktree whose agent has led git elsewhere`() async throws {
        let fixture = try await PerformerFixture(settings: hooks { $0.afterRun = "echo x >> \"$HOME/log\"" })
        _ = await WorkspacePreparer(fixture.context).perform(wanted)
        let directory = fixture.repository.directory
        try directory.write("repo/.git/worktrees/iss-1/commondir", directory.path + "/evil\n")
        let hook = Effect.RunHook(hook: "after_run", worktree: fixture.repository.root + "/.worktrees/iss-1")
        guard case .failed(.other, let reason) = await HookPerformer(fixture.context).perform(hook, attempts: 1) else {
            Issue.record("it was run")
            return
        }
        #expect(reason.contains("commondir does not lead to"))
        try directory.write("repo/.git/worktrees/iss-1/commondir", "../..\n")
        #expect(await HookPerformer(fixture.context).perform(hook, attempts: 1) == .done(.nothing))
        #expect(try directory.read("home/log") == "x\n")
    }

    @Test func `a command that is not on the list is not run, whoever asks`() async throws {
        let fixture = try await PerformerFixture()
        let exec = Effect.RunExec(
            decision: 1,
            argv: ["git", "push", "--force"],
            cwd: fixture.repository.root,
            limitMs: 60_000
        )
        guard case .failed(.refused, _) = await ExecPerformer(fixture.context).perform(exec, attempts: 1) else {
            Issue.record("it was run")
            return
        }
    }
}
