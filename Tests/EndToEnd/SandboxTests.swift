import Foundation
import Glibc
import ModelServer
import OrchCore
import OrchStore
import OrchTestSupport
import SQLite
import Testing

/// What an agent can't get at, with the real codex: other folders, and what the user keeps secret.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct SandboxTests {
    /// A script that tries to write each of these, and gives back those that it could, each in a line.
    private static func tries(_ paths: [String]) -> String {
        let words = paths.map { "'\($0)'" }.joined(separator: " ")
        return "for f in \(words); do if (echo x >> \"$f\") 2>/dev/null; then echo \"wrote $f\"; fi; done"
    }

    /// What came of an agent's commands.
    private static func outputs(_ model: ModelServer) -> [String] {
        model.log.kept.filter { !$0.isOrchestrator }.flatMap(\.outputs)
    }

    @Test func `an agent commits in its worktree, and writes nothing else that is not its own`() async throws {
        // Worker 1 works while worker 2 has a worktree too.
        let scenario = ScriptedScenario([
            .worker("First") { request in
                let script = "bash ./tries.sh; t=$(mktemp) && echo \"temporary $t\""
                let responses: [ModelResponse] = [
                    .wait(for: "tries.sh"), .exec(script),
                    .exec("git add -A && git commit --quiet -m 'Do it' && echo committed"), .done,
                ]
                return responses[min(request.position, 3)]
            },
            .worker("Second", [.wait(for: "go"), .done]),
        ])
        try await withStage(scenario) { stage, model in
            try await stage.file("First")
            try await stage.file("Second")
            try stage.startDaemon("--no-orchestrator")
            try await stage.until("both work", "SELECT count(*) = 2 FROM item WHERE kind = 'command'")
            try await stage.git("pack-refs", "--all")
            let (project, outside) = (stage.repository, "/var/tmp/orch-e2e-\(UUID())")
            let memory = "/dev/shm/orch-e2e-\(UUID())"
            defer { for file in [outside, memory] { unlink(file) } }
            let git = project + "/.git"
            let denied =
                [
                    "README.md", "new", "WORKFLOW.md", ".worktrees/new", ".worktrees/iss-2/new",
                    ".worktrees/iss-2/README.md",
                    ".worktrees/iss-2/.git", ".worktrees/iss-1/.git", ".worktrees/iss-1/.codex/config.toml",
                    ".orch/new",
                    ".orch/orch.db", ".orch/orch.db-wal", ".orch/hub.lock", ".orch/app-server.log",
                    ".orch/codex-home/config.toml", ".orch/codex-home/new", ".orch/codex-tmp/new",
                ].map { project + "/" + $0 }
                + [
                    "HEAD", "index", "config", "config.worktree", "packed-refs", "description", "new",
                    "hooks/pre-commit",
                    "info/exclude", "info/attributes", "logs/HEAD", "logs/refs/heads/main", "logs/refs/heads/new",
                    "refs/heads/main", "refs/heads/new", "refs/tags/new", "refs/orch/new", "refs/heads/ai.lock",
                    "worktrees/new", "worktrees/iss-2/HEAD", "worktrees/iss-2/commondir", "worktrees/iss-2/index",
                    "worktrees/iss-2/logs/HEAD", "orch/new", "orch/worktrees/iss-1.json", "orch/tmp/new",
                    "orch/tmp/iss-2/new",
                    "objects/.git/new", "refs/heads/ai/.codex/new",
                ].map { git + "/" + $0 }
                + [
                    outside, "/tmp/orch-e2e-new", stage.directory.path + "/new",
                    stage.directory.path + "/home/.bashrc", stage.directory.path + "/codex/config.toml",
                    stage.directory.path + "/run/new", stage.directory.path + "/tmp/new",
                ]
            let port = try await model.listeningPort
            let deeds = [
                "git tag new", "git config a.b c", "git update-ref refs/heads/main HEAD", "git branch new",
                "git worktree add --detach /var/tmp/orch-e2e-worktree", "git -C '\(project)' commit --allow-empty -m x",
                "exec 3<>/dev/tcp/127.0.0.1/\(port)", "mv \"$TMPDIR\" \"$TMPDIR.old\"",
                "mv '\(git)/worktrees/iss-1' '\(git)/x'",
                "ln -s /etc '\(git)/refs/heads/x'", "mv '\(git)/objects' '\(git)/x'",
            ]
            let script = deeds.enumerated().map { "if (\($1)) >/dev/null 2>&1; then echo 'did \($0)'; fi\n" }.joined()
            try (script + Self.tries(denied) + "; (echo x > '\(memory)'); rm tries.sh; echo x > work; echo end\n")
                .write(
                    toFile: project + "/.worktrees/iss-1/tries.sh",
                    atomically: true,
                    encoding: .utf8
                )
            try await stage.until(issue: 1, "done")
            let said = Self.outputs(model)
            let end = try #require(said.first { $0.contains("end\n") })
            #expect(!end.contains("wrote ") && !end.contains("did "), "\(end)")
            #expect(end.contains("temporary \(git)/orch/tmp/iss-1/"), "\(end)")
            #expect(said.contains { $0.contains("committed") }, "\(said)")
            #expect(access(memory, F_OK) != 0, "the sandbox has a /dev of its own")
            #expect(try await stage.git("rev-list", "--count", "main..ai/iss-1-first") == "1\n")
            #expect(try await stage.git("status", "--porcelain") == "")
            try Data().write(to: URL(filePath: project + "/.worktrees/iss-2/go"))
            try await stage.until(issue: 2, "done")
        }
    }

    @Test func `an agent that leads its git folder elsewhere is stopped, and gets no folder more`() async throws {
        // The first turn lays the trap; the next ones would go through it.
        let scenario = ScriptedScenario([
            .worker("Attack") { request in
                let responses: [ModelResponse] = [
                    .wait(for: "attack.sh"), .exec("sh ./attack.sh; rm attack.sh"),
                    request.outputs.contains { $0.contains("attacked") } ? .done : .message("Half of it is done."),
                ]
                return responses[min(request.position, 2)]
            }
        ])
        try await withStage(scenario) { stage, model in
            try await stage.file("Attack")
            try stage.startDaemon("--no-orchestrator")
            try await stage.until("it begins", "SELECT count(*) FROM item WHERE kind = 'command'")
            let (victim, fake) = (stage.directory.path + "/victim", stage.directory.path + "/fake")
            for folder in [victim, fake] {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
            }
            let worktree = stage.repository + "/.worktrees/iss-1"
            let own = stage.repository + "/.git/worktrees/iss-1"
            let lay = """
                echo '\(fake)' > '\(own)/commondir'
                mv "$TMPDIR" "$TMPDIR.old"; rmdir "$TMPDIR"; ln -s '\(victim)' "$TMPDIR"
                mkdir -p '\(own)/orch-tmp'; ln -s '\(victim)' '\(own)/orch-tmp/link'
                ln -s '\(victim)' '\(stage.repository)/.git/objects/sub'; echo laid
                """
            try lay.write(toFile: worktree + "/attack.sh", atomically: true, encoding: .utf8)

            // No second turn is begun.
            try await stage.until(issue: 1, "stalled")
            let why = try await stage.did("explain", "1")
            #expect(why.contains("\(own)/commondir does not lead to \(stage.repository)/.git"), "\(why)")
            #expect(Self.outputs(model).contains { $0.contains("laid") })
            #expect(!model.log.kept.contains { $0.mentions(Prompts.goOn) })

            // Put right by a person, it goes on, with the folders that it always had.
            try "../..\n".write(toFile: own + "/commondir", atomically: true, encoding: .utf8)
            let targets = [
                victim + "/pwned", fake + "/pwned", fake + "/objects/pwned", stage.repository + "/README.md",
                stage.repository + "/.git/objects/sub/pwned", own + "/orch-tmp/link/pwned",
            ]
            try (Self.tries(targets) + "; echo attacked\n").write(
                toFile: worktree + "/attack.sh",
                atomically: true,
                encoding: .utf8
            )
            try await stage.did("issue", "retry", "1")
            try await stage.until(issue: 1, "done")
            let said = try #require(Self.outputs(model).first { $0.contains("attacked") })
            #expect(!said.contains("wrote "), "\(said)")
            for folder in [victim, fake] {
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty, "\(folder)")
            }
            #expect(try await stage.git("status", "--porcelain") == "")
        }
    }

    @Test func `I10: what the user's shell would set stays out of an agent's environment`() async throws {
        let scenario = ScriptedScenario([.worker("Look around", [.exec("env; type apply_patch"), .done])])
        try await withStage(scenario) { stage, model in
            let secrets = [
                "GH_TOKEN=gh" + "p_0123456789abcdefghij", "DATABASE_URL=postgres-of-mine", "MY_PAT=pat-of-mine",
            ]
            let profile = secrets.map { "export \($0)\n" }.joined() + "export PATH=/from/the/profile:$PATH\n"
            for name in [".profile", ".bash_profile", ".bash_login", ".bashrc", ".zshenv", ".zshrc", ".zprofile"] {
                try profile.write(toFile: stage.directory.path + "/home/" + name, atomically: true, encoding: .utf8)
            }
            try await stage.file("Look around")
            try stage.startDaemon("--no-orchestrator")
            try await stage.until(issue: 1, "done")
            let said = try #require(Self.outputs(model).first)
            let words = ["ghp_", "-of-mine", "/from/the/profile", DemoConfig.keyVariable]
            for word in words { #expect(!said.contains(word), "\(said)") }
            let path = try #require(said.split(separator: "\n").first { $0.hasPrefix("PATH=") })
            #expect(path.hasSuffix("/usr/local/bin:/usr/bin:/bin"), "the daemon's own")
            #expect(said.contains("apply_patch is /"), "codex's own programs are found")
            for rollout in try stage.rollouts() {
                let text = try String(contentsOfFile: rollout, encoding: .utf8)
                #expect(!text.contains("pat-of-mine"))
            }
        }
    }

    @Test func `I10: a secret that an agent tells is in no table, artifact, comment, digest or export`() async throws {
        let (known, shaped) = ("correct-horse-battery", "gh" + "p_9876543210zyxwvutsrq")
        let scenario = ScriptedScenario([
            .worker(
                "Tell",
                [
                    .exec("echo \(known) \(shaped)"),
                    .message("### Summary\nIt is \(known), or \(shaped).\n\nStatus: done"),
                ]
            ),
            .orchestrator {
                $0.lastUserText.contains("AGENT_UPDATE")
                    ? .message(
                        "I was told \(known).\n```control\n{\"close\":{\"agent\":\"iss-1\",\"outcome\":\"done\"}}\n```"
                    )
                    : .message("Nothing to decide.")
            },
        ])
        try await withStage(scenario) { stage, model in
            stage.environment["MY_PASSWORD"] = known
            try await stage.file("Tell")
            try stage.startDaemon("--autopilot-on")
            try await stage.until(issue: 1, "done")
            let shown = try await stage.did("issue", "show", "1")
            #expect(shown.contains("It is [redacted:MY_PASSWORD], or [redacted:github-token]."), "\(shown)")
            let told = try #require(model.log.kept.last { $0.isOrchestrator && $0.mentions("AGENT_UPDATE") })
            #expect(!told.userTexts.joined().contains(known) && !told.userTexts.joined().contains(shaped))
            let code = try await stage.stopDaemon()
            #expect(code == 0)
            let export = stage.directory.path + "/export"
            try await stage.did("export", "--out", export)
            let inside = try FileManager.default.contentsOfDirectory(atPath: stage.folder.path).map {
                stage.folder.path + "/" + $0
            }
            let exported = try FileManager.default.subpathsOfDirectory(atPath: export).map { export + "/" + $0 }
            #expect(inside.contains(stage.folder.database) && exported.count > 10)
            for file in inside + exported + [stage.log] {
                guard let bytes = FileManager.default.contents(atPath: file) else { continue }  // a folder
                for secret in [known, shaped] { #expect(bytes.firstRange(of: Data(secret.utf8)) == nil, "\(file)") }
            }
        }
    }
}
