import GitHubServer
import OrchCore
import Testing

@Suite struct PullTests {
    private static func run(_ body: @escaping @Sendable (World, GitFixture) async throws -> Void) async throws {
        let git = try await GitFixture()
        try await World.run(remote: git.remote) { try await body($0, git) }
    }

    private static let open: JSONValue = ["title": "P", "head": "feature", "base": "main", "body": "Closes #1"]

    @Test func `a pull request is of real branches, once, and shows as an issue too`() async throws {
        try await Self.run { world, git in
            try await world.model.fileIssue("a", by: "acme")
            let missing = try await world.send("POST", "pulls", Self.open)
            #expect((missing.status, missing.json["errors"]?[0]?["field"]) == (422, "head"))
            try await git.run("git push -q origin main:feature")
            let empty = try await world.send("POST", "pulls", Self.open)
            #expect(empty.json["errors"]?[0]?["message"] == "No commits between main and feature")
            let sha = try await git.push("feature", "b.txt", "b")
            let made = try await world.send("POST", "pulls", Self.open)
            #expect((made.status, made.json["number"], made.json["mergeable"]) == (201, 2, .null))
            #expect(made.json["head"]?["sha"]?.stringValue == sha)
            #expect((made.json["commits"], made.json["changed_files"]) == (1, 1))
            let twin = try await world.send("POST", "pulls", Self.open)
            #expect(twin.json["errors"]?[0]?["message"] == "A pull request already exists for acme:feature.")
            let base = try await world.send("POST", "pulls", ["title": "P", "head": "feature", "base": "none"])
            #expect(base.json["errors"]?[0]?["field"] == "base")
            let issues = try await world.send("GET", "issues")
            #expect(issues.json.texts("title") == ["P", "a"])
            #expect(issues.json[0]?["pull_request"] != nil)
            #expect(issues.json[0]?["id"] != made.json["id"])
            for (query, count) in [("?head=acme:feature&state=all", 1), ("?head=acme:other", 0), ("?head=other", 1)] {
                #expect(try await world.send("GET", "pulls\(query)").json.arrayValue?.count == count)
            }
            #expect(try await world.send("GET", "pulls/2/files").json.texts("filename") == ["b.txt"])
            #expect(try await world.send("GET", "pulls/2/commits").json.texts("sha") == [sha])
            let diff = try await world.send("GET", "pulls/2", headers: ["accept": "application/vnd.github.diff"])
            #expect(diff.body.hasPrefix("diff --git a/b.txt b/b.txt"))
        }
    }

    @Test func `a merge is a real commit, closes what it says, and its branch can go with it`() async throws {
        try await Self.run { world, git in
            try await world.model.fileIssue("a", by: "acme")
            try await world.model.setDeletesMergedBranches(true)
            let sha = try await git.push("feature", "b.txt", "b")
            try await world.send("POST", "pulls", Self.open)
            #expect(try await world.send("GET", "pulls/2/merge").status == 404)
            let wrong = try await world.send("PUT", "pulls/2/merge", ["sha": "0000"], as: "acme")
            #expect(wrong.status == 409)
            #expect(try await world.send("PUT", "pulls/2/merge", as: "mallory").status == 403)
            let merged = try await world.send("PUT", "pulls/2/merge", ["sha": .string(sha)], as: "acme")
            #expect((merged.status, merged.json["merged"]) == (200, true))
            let commit = try #require(merged.json["sha"]?.stringValue)
            let shown = try await git.run("git fetch -q --prune origin && git log -1 --format='%H %P|%s' origin/main")
            let main = try await git.run("git rev-parse origin/main^1")
            #expect(shown == "\(commit) \(main) \(sha)|Merge pull request #2 from acme/feature")
            #expect(try await git.run("git branch -r --list origin/feature") == "")
            let pull = try await world.send("GET", "pulls/2").json
            #expect((pull["merged"], pull["state"], pull["commits"]) == (true, "closed", 1))
            #expect(pull["merge_commit_sha"]?.stringValue == commit)
            #expect(try await world.send("GET", "pulls/2/merge").status == 204)
            let issue = try await world.send("GET", "issues/1").json
            #expect((issue["state"], issue["state_reason"]) == ("closed", "completed"))
            #expect(try await world.send("PUT", "pulls/2/merge", as: "acme").status == 405)
            #expect(try await world.send("PATCH", "pulls/2", ["state": "open"]).status == 422)
            let events = try await world.send("GET", "issues/2/events").json.texts("event")
            #expect(events == ["merged", "closed", "head_ref_deleted"])
        }
    }

    @Test func `a squash is one commit`() async throws {
        try await Self.run { world, git in
            try await git.push("feature", "b.txt", "b")
            try await git.push("feature", "c.txt", "c")
            let number = try await world.model.openPull("Both", head: "feature", by: "orch")
            let commit = try await world.model.merge(number, .squash, by: "acme")
            try await git.run("git fetch -q origin")
            #expect(try await git.run("git rev-list --count \(commit)") == "2")
            #expect(try await git.run("git log -1 --format=%s \(commit)") == "Both (#1)")
            #expect(try await git.run("git ls-tree --name-only \(commit)") == "a.txt\nb.txt\nc.txt")
        }
    }

    @Test func `whether it merges is found out by the second look, anew for each head and base`() async throws {
        try await Self.run { world, git in
            try await git.push("feature", "a.txt", "mine")
            let number = try await world.model.openPull("P", head: "feature", by: "orch")
            func look() async throws -> (JSONValue?, JSONValue?) {
                let pull = try await world.send("GET", "pulls/\(number)").json
                return (pull["mergeable"], pull["mergeable_state"])
            }
            #expect(try await look() == (.null, "unknown"))
            #expect(try await look() == (true, "clean"))
            try await world.model.setCheck("build", "failure", pull: number)
            #expect(try await look() == (true, "unstable"))
            try await git.push("main", "a.txt", "theirs")
            #expect(try await look() == (.null, "unknown"))
            #expect(try await look() == (false, "dirty"))
            #expect(try await world.send("PUT", "pulls/\(number)/merge", as: "acme").status == 405)
            let list = try await world.send("GET", "pulls")
            #expect(list.json[0]?["mergeable"] == nil)
        }
    }

    @Test func `a push moves the head, a force-push says so, and a branch that is gone closes`() async throws {
        try await Self.run { world, git in
            let first = try await git.push("feature", "b.txt", "b")
            let number = try await world.model.openPull("P", head: "feature", by: "orch")
            let before = try await world.send("GET", "pulls?sort=updated")
            world.clock.advance(10)
            let second = try await git.push("feature", "c.txt", "c")
            let after = try await world.send("GET", "pulls?sort=updated")
            #expect(after.headers["etag"] != before.headers["etag"])
            #expect(after.json[0]?["head"]?["sha"]?.stringValue == second)
            #expect(after.json[0]?["updated_at"] == "2026-01-01T00:00:10Z")
            #expect(try await world.send("GET", "issues/\(number)/events").json == [])
            try await git.run(
                "git checkout -q feature && git reset -q --hard \(first) && git commit -q --amend -m other"
            )
            try await git.run("git push -q --force origin feature")
            let events = try await world.send("GET", "issues/\(number)/events")
            #expect(events.json.texts("event") == ["head_ref_force_pushed"])
            try await git.run("git push -q origin :feature")
            let closed = try await world.send("GET", "pulls/\(number)").json
            #expect((closed["state"], closed["merged"]) == ("closed", false))
        }
    }

    @Test func `what came into the base by a push counts as merged`() async throws {
        try await Self.run { world, git in
            try await git.push("feature", "b.txt", "b")
            let number = try await world.model.openPull("P", head: "feature", by: "orch")
            try await git.run(
                "git checkout -q main && git merge -q --no-ff feature -m 'by hand' && git push -q origin main"
            )
            let pull = try await world.send("GET", "pulls/\(number)").json
            #expect((pull["state"], pull["merged"], pull["commits"]) == ("closed", true, 1))
        }
    }

    @Test func `reviews and line comments come in order, and nobody approves himself`() async throws {
        try await Self.run { world, git in
            try await git.push("feature", "b.txt", "b")
            let number = try await world.model.openPull("P", head: "feature", by: "orch")
            let path = "pulls/\(number)/reviews"
            #expect(try await world.send("POST", path, ["event": "APPROVE"]).status == 422)
            #expect(try await world.send("POST", path, ["event": "REQUEST_CHANGES"], as: "acme").status == 422)
            let review: JSONValue = [
                "event": "REQUEST_CHANGES", "body": "please",
                "comments": [["path": "b.txt", "line": 1, "body": "why b?"]],
            ]
            let made = try await world.send("POST", path, review, as: "acme")
            #expect((made.status, made.json["state"]) == (200, "CHANGES_REQUESTED"))
            world.clock.advance(5)
            try await world.model.review(number, .approved, by: "tina")
            let list = try await world.send("GET", path).json
            #expect(list.texts("state") == ["CHANGES_REQUESTED", "APPROVED"])
            let lines = try await world.send(
                "GET",
                "pulls/comments?sort=updated&direction=asc&since=2026-01-01T00:00:00Z"
            )
            #expect(lines.json.texts("body") == ["why b?"])
            let id = try #require(lines.json[0]?["id"]?.intValue)
            world.clock.advance(5)
            let reply = try await world.send("POST", "pulls/\(number)/comments/\(id)/replies", ["body": "because"])
            #expect((reply.status, reply.json["in_reply_to_id"]?.intValue) == (201, id))
            let newer = try await world.send("GET", "pulls/comments?since=2026-01-01T00:00:06Z")
            #expect(newer.json.texts("body") == ["because"])
            #expect(try await world.send("PATCH", "pulls/comments/\(id)", ["body": "y"], as: "acme").status == 200)
            let of = try await world.send("GET", "\(path)/\(made.json["id"]?.intValue ?? 0)/comments")
            #expect(of.json.texts("body") == ["y"])
            let reactions = "pulls/comments/\(id)/reactions"
            #expect(try await world.send("POST", reactions, ["content": "eyes"]).status == 201)
            let timeline = try await world.send("GET", "issues/\(number)/timeline").json
            #expect(timeline.texts("event") == ["reviewed", "reviewed", "reviewed"])
        }
    }

    @Test func `checks are an app's, statuses anybody's who may write, and the newest of a name counts`() async throws {
        try await Self.run { world, git in
            let sha = try await git.push("feature", "b.txt", "b")
            let check: JSONValue = ["name": "build", "head_sha": .string(sha), "conclusion": "failure"]
            #expect(try await world.send("POST", "check-runs", check).status == 403)
            try await world.model.addToken("app-token", "ci[bot]", isInstallation: true)
            try await world.model.setRole("ci[bot]", .write)
            #expect(try await world.send("POST", "check-runs", check, as: "app").status == 201)
            try await world.model.setCheck("build", "success", sha: sha)
            let runs = try await world.send("GET", "commits/\(sha)/check-runs").json
            #expect(runs["total_count"] == 1)
            #expect(runs["check_runs"]?.texts("conclusion") == ["success"])
            #expect(try await world.send("GET", "commits/feature/check-runs?filter=all").json["total_count"] == 2)
            #expect(try await world.send("GET", "commits/\(sha)/status").json["state"] == "pending")
            let status: JSONValue = ["state": "failure", "context": "ci"]
            #expect(try await world.send("POST", "statuses/\(sha)", status).status == 201)
            #expect(try await world.send("GET", "commits/\(sha)/status").json["state"] == "failure")
            #expect(
                try await world.send("POST", "statuses/\(sha)", ["state": "success", "context": "ci"]).status == 201
            )
            #expect(try await world.send("GET", "commits/\(sha)/status").json["state"] == "success")
            #expect(try await world.send("GET", "commits/nothing/status").status == 422)
        }
    }

    @Test func `branches and comparisons are git's own`() async throws {
        try await Self.run { world, git in
            let sha = try await git.push("ai/iss-1-x", "b.txt", "b")
            try await git.push("main", "c.txt", "c")
            #expect(try await world.send("GET", "branches").json.texts("name") == ["ai/iss-1-x", "main"])
            #expect(try await world.send("GET", "branches/ai/iss-1-x").json["commit"]?["sha"]?.stringValue == sha)
            #expect(try await world.send("GET", "git/ref/heads/ai/iss-1-x").json["object"]?["sha"]?.stringValue == sha)
            let compared = try await world.send("GET", "compare/main...ai/iss-1-x").json
            #expect((compared["status"], compared["ahead_by"], compared["behind_by"]) == ("diverged", 1, 1))
            #expect(try await world.send("GET", "commits/ai/iss-1-x").json["sha"]?.stringValue == sha)
            #expect(try await world.send("DELETE", "git/refs/heads/ai/iss-1-x").status == 204)
            #expect(try await world.send("GET", "branches/ai/iss-1-x").status == 404)
            #expect(try await world.send("DELETE", "git/refs/heads/ai/iss-1-x").status == 422)
            try await git.run(
                "git push -q origin main:trunk && git -C '\(git.remote)' symbolic-ref HEAD refs/heads/trunk"
            )
            #expect(try await world.send("GET", "").json["default_branch"] == "trunk")
        }
    }
}
