import GitHubServer
import OrchCore
import Testing

/// What the real gh makes of the server: a check that it is like GitHub.
@Suite(.enabled(if: Gh.path != nil, "gh is not installed: Scripts/setup does it")) struct GhTests {
    private static let page = "http://github.localhost/acme/widgets"

    @Test func `issues: create, list, view, comment, label, close`() async throws {
        try await World.run { world in
            let gh = try Gh(world)
            let made = try await gh("issue", "create", "--title", "A", "--body", "B", "--label", "bug")
            #expect((made.exitCode, made.output) == (0, "\(Self.page)/issues/1\n"), "\(made.error)")
            for index in 2...103 { try await world.model.fileIssue("n\(index)", by: "acme") }
            let list = try await gh("issue", "list", "--limit", "200", "--json", "number,title,labels,state")
            #expect(list.json.arrayValue?.count == 103, "\(list.error)")
            #expect(list.json[102]?["labels"]?.texts("name") == ["bug"])
            let found = try await gh("issue", "list", "--label", "bug", "--json", "number")
            #expect(found.json.numbers("number") == [1], "\(found.error)")
            let comment = try await gh("issue", "comment", "1", "--body", "hello")
            #expect(comment.output.hasPrefix("\(Self.page)/issues/1#issuecomment-"), "\(comment.error)")
            let edited = try await gh("issue", "comment", "1", "--edit-last", "--body", "hello again")
            #expect(edited.exitCode == 0, "\(edited.error)")
            try await world.model.createLabel("agent:running")
            let labels = try await gh("issue", "edit", "1", "--add-label", "agent:running", "--remove-label", "bug")
            #expect(labels.exitCode == 0, "\(labels.error)")
            let title = try await gh("issue", "edit", "1", "--title", "A2", "--add-assignee", "@me")
            #expect(title.exitCode == 0, "\(title.error)")
            let closed = try await gh("issue", "close", "1", "--reason", "not planned", "--comment", "bye")
            #expect(closed.exitCode == 0, "\(closed.error)")
            let fields = "number,title,body,state,labels,comments,author,assignees,url,createdAt,updatedAt,closedAt,id"
            let view = try await gh("issue", "view", "1", "--json", fields)
            #expect(view.json["title"] == "A2", "\(view.error)")
            #expect((view.json["state"], view.json["author"]?["login"]) == ("CLOSED", "orch"))
            #expect(view.json["labels"]?.texts("name") == ["agent:running"])
            #expect(view.json["comments"]?.texts("body") == ["hello again", "bye"])
            #expect(view.json["comments"]?.texts("authorAssociation") == ["COLLABORATOR", "COLLABORATOR"])
            #expect(try await gh("issue", "reopen", "1").exitCode == 0)
            #expect(try await gh("issue", "status").exitCode == 0)
            let none = try await gh("issue", "view", "999", "--json", "number")
            #expect((none.exitCode, none.error.contains("Could not resolve to an issue or pull request")) == (1, true))
        }
    }

    @Test func `what github.com refuses gh 2-23 is refused here too`() async throws {
        try await World.run { world in
            let gh = try Gh(world)
            try await world.model.fileIssue("a", by: "acme")
            let version = try await gh("--version").output
            guard version.contains(" 2.23") else { return }  // newer ones ask for no classic projects
            let view = try await gh("issue", "view", "1")
            #expect((view.exitCode, view.error.contains("Projects (classic)")) == (1, true))
            let twice = try await gh("label", "create", "bug")
            #expect((twice.exitCode, twice.error.contains("already exists")) == (1, true), "\(twice.error)")
            let stranger = try await gh("issue", "edit", "1", "--add-label", "bug", as: "mallory")
            #expect(
                (stranger.exitCode, stranger.error.contains("correct permissions")) == (1, true),
                "\(stranger.error)"
            )
            try await world.model.archive()
            let archived = try await gh("issue", "comment", "1", "--body", "x")
            #expect((archived.exitCode, archived.error.contains("archived")) == (1, true), "\(archived.error)")
            let unknown = try await gh("api", "graphql", "-f", "query={viewer{shoeSize}}")
            #expect(unknown.exitCode == 1)
            #expect(unknown.output.contains("Field 'shoeSize' doesn't exist on type 'User'"))
        }
    }

    @Test func `pull requests: create, list, view, review, checks, merge`() async throws {
        let git = try await GitFixture()
        try await World.run(remote: git.remote) { world in
            let gh = try Gh(world)
            let model = world.model
            let sha = try await git.push("feature", "b.txt", "b", message: "Add b")
            let create = { () in
                try await gh("pr", "create", "--head", "feature", "--title", "P", "--body", "x", "--label", "bug")
            }
            let made = try await create()
            #expect((made.exitCode, made.output) == (0, "\(Self.page)/pull/1\n"), "\(made.error)")
            let twin = try await create()
            #expect((twin.exitCode, twin.error.contains("already exists")) == (1, true), "\(twin.error)")
            let list = try await gh("pr", "list", "--head", "feature", "--json", "number,headRefName,isDraft")
            #expect(list.json.texts("headRefName") == ["feature"], "\(list.error)")
            try await model.setCheck("build", "failure", sha: sha)
            let checks = try await gh("pr", "checks", "1")
            #expect((checks.exitCode, checks.output.contains("build\tfail")) == (1, true), "\(checks.error)")
            try await model.setCheck("build", "success", sha: sha)
            #expect(try await gh("pr", "checks", "1").exitCode == 0)
            let own = try await gh("pr", "review", "1", "--approve")
            #expect((own.exitCode, own.error.contains("Can not approve your own")) == (1, true), "\(own.error)")
            let review = try await gh("pr", "review", "1", "--request-changes", "--body", "no", as: "acme")
            #expect(review.exitCode == 0, "\(review.error)")
            #expect(try await gh("pr", "comment", "1", "--body", "c").exitCode == 0)
            let fields =
                "number,title,state,isDraft,mergeable,mergeStateStatus,reviewDecision,statusCheckRollup,headRefOid,"
                + "baseRefName,reviews,comments,files,commits,labels,additions,changedFiles,mergedAt,latestReviews,closed"
            let view = try await gh("pr", "view", "1", "--json", fields)
            #expect(view.json["headRefOid"]?.stringValue == sha, "\(view.error)")
            #expect(view.json["reviewDecision"] == "CHANGES_REQUESTED")
            #expect(view.json["statusCheckRollup"]?.texts("conclusion") == ["SUCCESS"])
            #expect(view.json["files"]?.texts("path") == ["b.txt"])
            #expect(view.json["commits"]?.texts("messageHeadline") == ["Add b"])
            #expect(view.json["labels"]?.texts("name") == ["bug"])
            #expect(view.json["comments"]?.texts("body") == ["c"])
            #expect(try await gh("pr", "diff", "1").output.hasPrefix("diff --git a/b.txt b/b.txt"))
            let merged = try await gh("pr", "merge", "1", "--squash", as: "acme")
            #expect(merged.exitCode == 0, "\(merged.error)")
            #expect(try await git.run("git fetch -q && git log -1 --format=%s origin/main") == "P (#1)")
            let after = try await gh("pr", "view", "1", "--json", "state,mergeCommit")
            #expect(after.json["state"] == "MERGED", "\(after.error)")
            try await git.push("draft", "c.txt", "c")
            #expect(
                try await gh("pr", "create", "--head", "draft", "--title", "D", "--body", "", "--draft").exitCode == 0
            )
            #expect(try await gh("pr", "ready", "2").exitCode == 0)
            #expect(try await gh("pr", "close", "2").exitCode == 0)
            #expect(
                try await gh("pr", "view", "2", "--json", "state,isDraft").json == [
                    "isDraft": false, "state": "CLOSED",
                ]
            )
        }
    }

    @Test func `the rest: api, labels, repository, who one is`() async throws {
        try await World.run { world in
            let gh = try Gh(world)
            for index in 1...120 { try await world.model.fileIssue("n\(index)", by: "acme") }
            let all = try await gh("api", "repos/acme/widgets/issues?per_page=50", "--paginate", "--jq", ".[].number")
            #expect(all.output.split(separator: "\n").count == 120, "\(all.error)")
            #expect(await world.model.log.requests("GET", "/repositories/").count == 2)
            let label = try await gh("label", "create", "agent:queued", "--color", "ededed", "--description", "d")
            #expect(label.exitCode == 0, "\(label.error)")
            #expect(try await gh("label", "list").output.contains("agent:queued\td\t#ededed"))
            let view = try await gh(
                "repo",
                "view",
                "acme/widgets",
                "--json",
                "nameWithOwner,defaultBranchRef,isArchived,viewerPermission"
            )
            #expect(view.json["nameWithOwner"] == "acme/widgets", "\(view.error)")
            #expect(view.json["viewerPermission"] == "WRITE")
            #expect(try await gh("api", "user", "--jq", ".login").output == "orch\n")
            let status = try await gh("auth", "status", "--hostname", "github.localhost")
            #expect(status.exitCode == 0, "\(status.error)")
            let refused = try await gh("api", "user", as: "nobody")
            #expect((refused.exitCode, refused.output.contains("Bad credentials")) == (1, true))
            let searched = try await gh("search", "issues", "n17", "--repo", "acme/widgets", "--json", "number")
            #expect(searched.json.numbers("number") == [17], "\(searched.error)")
            #expect(try await gh("issue", "lock", "1").exitCode == 0)
            #expect(try await gh("issue", "delete", "2", "--yes", as: "acme").exitCode == 0)
            #expect(try await gh("api", "repos/acme/widgets/issues/2").exitCode == 1)
        }
    }

    @Test func `a write whose answer is lost is an error for gh, and done`() async throws {
        try await World.run { world in
            let gh = try Gh(world)
            try await world.model.fileIssue("a", by: "acme")
            // The first call looks the issue up, the second one comments.
            await world.model.addFault(FaultRule(.reset(afterEffect: true), "POST", "/graphql$", skip: 1))
            let lost = try await gh("issue", "comment", "1", "--body", "once")
            #expect(lost.exitCode == 1)
            #expect(try await world.send("GET", "issues/1/comments").json.texts("body") == ["once"])
            let record = try #require(await world.model.log.records.first { $0.hadEffect })
            #expect((record.status, record.fault, record.user) == (nil, "reset after effect", "orch"))
        }
    }
}
