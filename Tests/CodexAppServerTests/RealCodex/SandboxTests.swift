import CodexAppServer
import Foundation
import ModelServer
import OrchCore
import OrchTestSupport
import Testing

extension RealCodexTests {
    /// What an agent can and can't do with the hub's policy.
    @Suite struct SandboxTests {
        @Test func `a worker commits in its worktree, has a temporary folder, and writes nothing else`() async throws {
            let git = try GitRepositoryFixture()
            try git.git("worktree", "add", "-q", "-b", "ai/two", git.repository + "/.worktrees/other")
            let tries = [
                "\(git.repository)/x", "\(git.repository)/.git/config", "\(git.repository)/.git/hooks/x",
                "\(git.repository)/.git/refs/heads/x", "\(git.repository)/.git/refs/heads/main",
                "\(git.repository)/.worktrees/other/x", "\(git.repository)/.git/worktrees/other/HEAD",
                "\(git.repository)/.orch/x",
                "/tmp/orch-sandbox-test",
            ]
            let script = """
                env > env.txt; echo work > work; git add work; git commit -q -m work; t=$(mktemp) && echo temp > temp;
                for f in \(tries.joined(separator: " ")); do if (echo x >> $f) 2>/dev/null; then echo $f; fi; done > written;
                git tag t 2>/dev/null && echo tag >> written; git config a.b c 2>/dev/null && echo config >> written; true
                """
            try await CodexFixture.with(
                [.script(when: "do it", [.exec(script), .message("done")])],
                repository: git.repository
            ) { fixture in
                try git.directory.folder("repo/.orch")
                let policy = HubThreadPolicy(
                    folder: git.worktree,
                    git: git.folders,
                    isDangerous: false,
                    instructions: "Work."
                )
                for folder in policy.foldersToMake {
                    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                }
                try git.directory.write("user/.gitconfig", "[user]\nname = A\nemail = a@example.org\n")
                try FileManager.default.copyItem(
                    atPath: git.directory.file("user/.gitconfig"),
                    toPath: fixture.directory.file("user/.gitconfig")
                )
                var client = try await fixture.connect()
                let thread = try await client.startThread(policy.start(name: "w"))
                for round in 0..<2 {
                    var reader = MessageReader(client.connection)
                    _ = try await client.startTurn(
                        policy.turn(threadID: thread.id, clientID: "\(round)", text: "do it")
                    )
                    #expect(try await reader.turnCompleted().turn.status == .completed)
                    #expect(try git.git("log", "-1", "--format=%s", "ai/one") == "work\n")
                    #expect(try git.directory.read("repo/.worktrees/wt/written") == "")
                    #expect(try git.directory.read("repo/.worktrees/wt/temp") == "temp\n")
                    let environment = try git.directory.read("repo/.worktrees/wt/env.txt")
                    #expect(!environment.contains(DemoConfig.keyVariable))
                    #expect(!environment.contains(ServerEnvironment.tokenName))
                    #expect(environment.contains("\(ServerEnvironment.markName)=\(fixture.launcher.token)"))
                    // And once more with a server that knows the thread only from disk.
                    if round == 1 { break }
                    for name in ["written", "temp", "env.txt"] {
                        try FileManager.default.removeItem(atPath: git.worktree + "/" + name)
                    }
                    try git.git("update-ref", "refs/heads/ai/one", "main")
                    try await fixture.killAndRestart()
                    client = try await fixture.connect()
                    _ = try await client.resumeThread(policy.resume(threadID: thread.id))
                }
                client.connection.close()
            }
        }

        @Test func `what a repository's own .codex folder names is not started`() async throws {
            let git = try GitRepositoryFixture()
            let evil = git.directory.file("evil")
            try git.directory.write(
                "repo/.worktrees/wt/.codex/config.toml",
                "[mcp_servers.evil]\ncommand = \"touch\"\nargs = [\"\(evil)\"]\n"
            )
            try git.directory.write(
                "repo/.codex/config.toml",
                "[mcp_servers.evil]\ncommand = \"touch\"\nargs = [\"\(evil)\"]\n"
            )
            try await CodexFixture.with(
                [.script(when: "do it", [.message("done")])],
                repository: git.repository
            ) { fixture in
                let client = try await fixture.connect()
                var reader = MessageReader(client.connection)
                let thread = try await client.startThread(TurnTests.params(git.worktree))
                _ = try await client.startTurn(.init(threadID: thread.id, clientID: "a", text: "do it"))
                #expect(try await reader.turnCompleted().turn.status == .completed)
                #expect(!FileManager.default.fileExists(atPath: evil))
                #expect(!(try fixture.directory.read("home/config.toml").contains("\"trusted\"")))
                client.connection.close()
            }
        }

        @Test func `the orchestrator writes nothing`() async throws {
            let git = try GitRepositoryFixture()
            try await CodexFixture.with(
                [.script(when: "do it", [.exec("echo x > x || true; git log --oneline | wc -l"), .message("done")])],
                repository: git.repository
            ) { fixture in
                let policy = HubThreadPolicy(
                    folder: git.repository,
                    git: nil,
                    isDangerous: false,
                    instructions: "Decide."
                )
                let client = try await fixture.connect()
                var reader = MessageReader(client.connection)
                let thread = try await client.startThread(policy.start(name: "o"))
                _ = try await client.startTurn(policy.turn(threadID: thread.id, clientID: "a", text: "do it"))
                _ = try await reader.turnCompleted()
                let outputs = reader.completed.compactMap {
                    if case .commandExecution(let it) = $0.item { it.output } else { nil }
                }
                #expect(outputs.joined().contains("1\n"))
                #expect(!FileManager.default.fileExists(atPath: git.repository + "/x"))
                client.connection.close()
            }
        }
    }
}
