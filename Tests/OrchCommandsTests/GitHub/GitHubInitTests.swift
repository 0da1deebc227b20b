import GitHub
import GitHubServer
import OrchCore
import OrchTestSupport
import Settings
import Testing

@testable import OrchCommands

/// `orch init` in a repository of GitHub, with the real git and a GitHub on loopback.
@Suite(.timeLimit(.minutes(2))) struct GitHubInitTests {
    @Test func `init makes the labels, writes WORKFLOW.md, and a second time changes nothing`() async throws {
        try await GitHubScene.run { scene in
            let first = await scene.console().run("init", "--repo", "acme/widgets")
            #expect(first.status == 0, "\(first.err)")
            #expect(first.err.contains("Labels made at GitHub: orchestrate, agent:queued, agent:running"))
            #expect(first.err.contains("Next: commit and push WORKFLOW.md"))
            for name in LabelNames().all { #expect(try await scene.labels().contains(name)) }
            let text = try scene.directory.read("WORKFLOW.md")
            let settings = try SettingsLoader.load(workflowText: text)
            #expect(settings.tracker == .github)
            #expect(settings.repository == "acme/widgets")
            #expect(try scene.directory.read(".git/info/exclude").hasSuffix("/.orch/\n/.worktrees/\n"))

            let writes = await scene.model.log.records.count { $0.method == "POST" }
            #expect(writes == 7)
            let again = await scene.console().run("init", "--repo", "acme/widgets")
            #expect(again.status == 0, "\(again.err)")
            #expect(again.err.contains("GitHub has all labels of orch."))
            #expect(try scene.directory.read("WORKFLOW.md") == text)
            #expect(await scene.model.log.records.count { $0.method == "POST" } == writes)
            #expect(try scene.directory.list().filter { $0.hasPrefix("WORKFLOW") } == ["WORKFLOW.md"])
        }
    }

    @Test func `labels that are there keep their looks, in any case, and names come from the settings`() async throws {
        try await GitHubScene.run { scene in
            try await scene.commitWorkflow("  labels:\n    queued: Agent Waits\n")
            try await scene.model.createLabel("ORCHESTRATE", color: "123456")
            #expect(await scene.console().run("init").status == 0)
            let labels = try await scene.labels()
            #expect(labels.contains("ORCHESTRATE"))
            #expect(!labels.contains("orchestrate"))
            #expect(labels.contains("Agent Waits"))
            #expect(!labels.contains("agent:queued"))
        }
    }

    @Test func `without a token the part on this machine is done, and what is left is told`() async throws {
        try await GitHubScene.run { scene in
            let result = await scene.console(token: nil).run("init", "--repo", "acme/widgets")
            #expect(result.status == 1)
            #expect(result.err.contains("problem: github token: there is no token for 127.0.0.1"), "\(result.err)")
            #expect(result.err.contains("the part on this machine is done; what is left is told above"))
            #expect(result.err.contains("orch init --local"))
            let files = try scene.directory.list()
            #expect(files.contains("WORKFLOW.md"))
            #expect(try scene.directory.read(".git/info/exclude").contains("/.worktrees/"))
            // With a token it goes on where it was.
            #expect(await scene.console().run("init").status == 0)
            #expect(try await scene.labels().contains("agent:stalled"))
        }
    }

    @Test func `the git remote says that it is a repository of GitHub, and --local that it does not matter`()
        async throws
    {
        try await GitHubScene.run { scene in
            let url = "http://127.0.0.1:\(scene.port)/acme/widgets.git"
            try await TestRepository.git(["remote", "set-url", "origin", url], scene.directory)
            let local = await scene.console().run("init", "--local", "--no-workflow")
            #expect(local.status == 0, "\(local.err)")
            #expect(local.err.contains("Next: orch issue new"))
            // The server speaks no git, and so the checks find that nothing can be pushed.
            let result = await scene.console().run("init")
            #expect(result.status == 1)
            #expect(result.err.contains("The issues are those of acme/widgets; `orch init --local` is for local ones."))
            #expect(result.err.contains("problem: git push: "))
            #expect(try scene.directory.read("WORKFLOW.md").contains("\norch:\n  tracker: github"))
            #expect(try scene.directory.read("WORKFLOW.md").contains("  # repo: acme/widgets "))
            #expect(try await scene.labels().contains("agent:queued"))
        }
    }

    @Test func `a server's fault while labels are made costs another look, and makes none twice`() async throws {
        try await GitHubScene.run { scene in
            await scene.model.addFault(FaultRule(.reset(afterEffect: true), "POST", "/labels$", skip: 2))
            await scene.model.addFault(FaultRule(.status(502), "POST", "/labels$", skip: 4))
            let result = await scene.console().run("init", "--repo", "acme/widgets")
            #expect(result.status == 0, "\(result.err)")
            let labels = try await scene.labels()
            #expect(labels.filter { LabelNames().all.contains($0) }.count == 7)
        }
    }

    @Test func `who may not make labels is told so`() async throws {
        try await GitHubScene.run { scene in
            let result = await scene.console(token: "tina-token").run("init", "--repo", "acme/widgets")
            #expect(result.status == 1)
            #expect(result.err.contains("problem: github access: the token of @tina may only read"))
        }
    }

    @Test(arguments: [
        (["init", "--local", "--repo", "a/b"], "contradicts"), (["init", "--force"], "--projects-workflow"),
    ]) func `flags that contradict each other are refused`(arguments: [String], words: String) async {
        let result = await Console().run(arguments)
        #expect(result.status == 64)
        #expect(result.err.contains(words))
    }

    @Test(arguments: [["--repo", "acme"], ["--github-api-url", "http://example.com"]])
    func `a name or an address that can't be right is told before anything is made`(flags: [String]) async throws {
        let directory = try await TestRepository.make()
        let result = await Console(directory: directory.path).run(["init"] + flags)
        #expect(result.status == 78)
        #expect(try directory.list() == [".git"])
    }

    @Test(arguments: [nil, WorkflowFile.GitHub(repository: "acme/widgets", apiURL: "https://ghe.example.com/api/v3")])
    func `every line of the template that is a comment may be uncommented`(gitHub: WorkflowFile.GitHub?) throws {
        let template = WorkflowFile.template(gitHub)
        _ = try SettingsLoader.load(workflowText: template)
        // The settings begin at `orch:`; what is before it is prose.
        let lines = template.split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex { $0.hasSuffix("orch:") })
        let isComment = gitHub == nil
        let settings = lines[start...].map { line -> String in
            if line.hasPrefix("# ") { return String(line.dropFirst(2)) }
            guard !isComment, line.hasPrefix("  # ") else { return String(line) }
            // A setting that the template fixes already stays as it is.
            return line.hasPrefix("  # repo:") ? String(line) : "  " + line.dropFirst(4)
        }
        let loaded = try SettingsLoader.load(workflowText: (["---"] + settings).joined(separator: "\n"))
        #expect(loaded.notes == [])
        #expect(loaded.tokensMax == 2_000_000)
        #expect(loaded.labels == LabelNames())
        #expect(loaded.prompts.subAgent?.hasPrefix("You are {{ agent.name }}") == true)
        #expect(loaded.hooks.afterCreate == "npm install")
        if gitHub != nil { #expect(loaded.draftPulls == false && loaded.statusMs == 180_000) }
    }
}
