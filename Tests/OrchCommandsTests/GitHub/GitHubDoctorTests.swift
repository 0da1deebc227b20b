import GitHub
import GitHubServer
import OrchCore
import OrchTestSupport
import Testing

@testable import OrchCommands

/// What `orch doctor` finds at GitHub and the git remote.
@Suite(.timeLimit(.minutes(2))) struct GitHubDoctorTests {
    @Test func `everything that is right is told, and no token is shown`() async throws {
        try await GitHubScene.run { scene in
            try await scene.commitWorkflow()
            try await TestRepository.git(["push", "--quiet", "origin", "main"], scene.directory)
            #expect(await scene.console().run("init").status == 0)
            let result = await scene.console().run("doctor")
            #expect(result.status == 0, "\(result.out)")
            #expect(result.out.contains("acme/widgets at 127.0.0.1:\(scene.port), named in WORKFLOW.md"))
            #expect(result.out.contains("from GITHUB_TOKEN, of @orch"))
            #expect(result.out.contains("public, with issues, default branch main"))
            #expect(result.out.contains("the account may write"))
            #expect(result.out.contains("all 7 are there"))
            #expect(result.out.contains("default branch main"))
            #expect(result.out.contains("`origin` takes branches from here (nothing was sent)"))
            #expect(result.out.contains("git leaves the hub's folders alone"))
            #expect(!(result.out + result.err).contains("orch-token"))
            #expect(
                try await TestRepository.git(["ls-remote", "--heads", "origin"], scene.directory).hasSuffix(
                    "\trefs/heads/main\n"
                )
            )
        }
    }

    /// What is wrong at GitHub.
    enum Trouble: String, CaseIterable {
        case archived, noIssues, readOnly, refused, noToken, missing, renamed, noLabels, skew
    }

    @Test(arguments: Trouble.allCases) func `what is wrong is told with how to mend it`(trouble: Trouble) async throws {
        try await GitHubScene.run { scene in
            try await scene.commitWorkflow(trouble == .missing ? "  # x\n" : "")
            var token: String? = "orch-token"
            var flags: [String] = []
            let expected: (check: String, level: String, words: String, mend: String)
            switch trouble {
            case .archived:
                try await scene.model.archive()
                expected = ("github repository", "problem", "archived", "unarchive")
            case .noIssues:
                try await scene.model.setIssuesEnabled(false)
                expected = ("github repository", "problem", "has no issues", "Features")
            case .readOnly:
                token = "tina-token"
                expected = ("github access", "problem", "of @tina may only read", "role Write")
            case .refused:
                token = "wrong"
                expected = ("github token", "problem", "refuses the token in GITHUB_TOKEN", "fine-grained token")
            case .noToken:
                token = nil
                expected = ("github token", "problem", "there is no token", "fine-grained token")
            case .missing:
                flags = ["--repo", "acme/gadgets"]
                expected = ("github repository", "problem", "there is no acme/gadgets", "mend the name")
            case .renamed:
                try await scene.model.rename(to: "gizmos")
                expected = ("github repository", "warning", "is called acme/gizmos now", "new name")
            case .noLabels: expected = ("github labels", "warning", "missing: orchestrate, agent:queued", "`orch init`")
            case .skew:
                await scene.model.setClockSkew(.seconds(3_600))
                expected = ("clock", "warning", "1h behind GitHub's", "timedatectl")
            }
            let result = await scene.console(token: token).run(["doctor", "--json"] + flags)
            let found = (result.json?.arrayValue ?? []).filter { $0["check"]?.stringValue == expected.check }
            #expect(found.map { $0["level"]?.stringValue } == [expected.level], "\(found)")
            #expect(found.first?["detail"]?.stringValue?.contains(expected.words) == true, "\(found)")
            #expect(found.first?["mend"]?.stringValue?.contains(expected.mend) == true, "\(found)")
            #expect(result.status == (expected.level == "problem" ? 1 : 0))
        }
    }

    @Test func `a GitHub that is away is a finding, not a wait`() async throws {
        let directory = try await TestRepository.make()
        var console = Console(directory: directory.path)
        console.environment["GITHUB_TOKEN"] = "t"
        let result = await console.run(
            "doctor",
            "--json",
            "--codex-path",
            "/nowhere/codex",
            "--repo",
            "acme/widgets",
            "--github-api-url",
            "http://127.0.0.1:1"
        )
        let found = (result.json?.arrayValue ?? []).filter { $0["check"] == "github" }
        #expect(found.last?["level"] == "problem")
        #expect(found.last?["detail"]?.stringValue?.hasPrefix("it can't be asked: ") == true, "\(found)")
        let remote = (result.json?.arrayValue ?? []).filter { $0["check"] == "git remote" }
        #expect(remote.first?["detail"] == "there is no remote `origin`")
    }

    @Test func `a remote that can't be read or pushed to is told, with what git lacks`() async throws {
        try await GitHubScene.run { scene in
            try await scene.commitWorkflow()
            let url = "http://127.0.0.1:\(scene.port)/acme/widgets.git"
            try await TestRepository.git(["remote", "set-url", "origin", url], scene.directory)
            let push = try #require(await scene.doctor("git push").first)
            #expect(push["level"] == "problem")
            #expect(push["detail"]?.stringValue?.contains("git has no credential helper") == true, "\(push)")
            #expect(await scene.doctor("git remote").first?["level"] == "problem")
            // Where a hook of the remote refuses, only a push tells; where the folder is gone, everything does.
            try await TestRepository.git(["remote", "set-url", "origin", "/nowhere/widgets.git"], scene.directory)
            let gone = try #require(await scene.doctor("git push").first)
            #expect(gone["level"] == "problem")
            #expect(gone["mend"] != .null)
        }
    }

    @Test func `another branch or another repository than GitHub's is a warning`() async throws {
        try await GitHubScene.run { scene in
            try await scene.commitWorkflow()
            let git = TestRepository.git
            _ = try await git(["init", "--quiet", "--bare", "--initial-branch=trunk", "other.git"], scene.outside)
            _ = try await git(["remote", "set-url", "origin", scene.outside.file("other.git")], scene.directory)
            _ = try await git(["push", "--quiet", "origin", "main:trunk"], scene.directory)
            let found = await scene.doctor("git remote")
            #expect(found.first?["level"] == "warning", "\(found)")
            #expect(found.first?["detail"]?.stringValue?.contains("has the default branch trunk") == true, "\(found)")
        }
    }

    @Test func `local issues in a clone of GitHub's are worth a word, and others none`() async throws {
        let directory = try await TestRepository.make()
        var console = Console(directory: directory.path)
        // The machine's own git settings may lead github.com elsewhere.
        console.environment["GH_HOST"] = "ghe.example.com"
        func github() async -> [JSONValue] {
            let result = await console.run("doctor", "--json", "--codex-path", "/nowhere/codex")
            return (result.json?.arrayValue ?? []).filter { $0["check"] == "github" }
        }
        #expect(await github() == [])
        try await TestRepository.git(["remote", "add", "origin", "git@ghe.example.com:acme/widgets.git"], directory)
        let found = await github()
        #expect(found.map { $0["level"] } == ["info"])
        #expect(found.first?["detail"]?.stringValue?.contains("leads to acme/widgets") == true)
    }

    @Test func `worktrees that git would show are a warning`() async throws {
        let directory = try await TestRepository.make()
        let console = Console(directory: directory.path)
        func ignored() async -> JSONValue? {
            let result = await console.run("doctor", "--json", "--codex-path", "/nowhere/codex")
            return result.json?.arrayValue?.first { $0["check"] == "ignored" }
        }
        #expect(await ignored()?["level"] == "warning")
        #expect(await ignored()?["detail"]?.stringValue?.contains(".worktrees") == true)
        _ = await console.run("init")
        #expect(await ignored()?["level"] == "ok")
    }

    @Test(arguments: [
        (["repo", "workflow"], true, "ok"), (["repo"], true, "ok"), (["public_repo"], true, "problem"),
        (["public_repo"], false, "ok"), ([], false, "problem"),
    ]) func `the scopes of a classic token are read`(scopes: [String], isPrivate: Bool, level: String) throws {
        let repository = try GHRepository([
            "id": 1, "full_name": "acme/widgets", "default_branch": "main", "private": .bool(isPrivate),
            "permissions": ["push": true],
        ])
        let finding = AccountCheck.rights(GHExamination(repository: repository, scopes: scopes), "of @orch")
        #expect(finding.level.rawValue == level)
    }
}
