import GitHubServer
import OrchCore
import Testing

@Suite struct AdministrationTests {
    @Test func `an archived repository is read-only`() async throws {
        try await World.run { world in
            try await world.model.fileIssue("a", by: "acme")
            try await world.model.archive()
            #expect(try await world.send("GET", "issues/1").status == 200)
            let refused = try await world.send("POST", "issues/1/comments", ["body": "x"])
            #expect((refused.status, refused.json["message"]) == (403, "Repository was archived so is read-only."))
            #expect(try await world.send("GET", "").json["archived"] == true)
            try await world.model.archive(false)
            #expect(try await world.send("POST", "issues/1/comments", ["body": "x"]).status == 201)
        }
    }

    @Test func `without issues, and for a deleted issue, the answer is 410`() async throws {
        try await World.run { world in
            try await world.model.fileIssue("a", by: "acme")
            let id = try await world.model.comment(1, "x", by: "acme")
            try await world.model.setIssuesEnabled(false)
            #expect(try await world.send("GET", "issues").status == 410)
            #expect(try await world.send("POST", "issues", ["title": "b"]).status == 410)
            try await world.model.setIssuesEnabled(true)
            try await world.model.deleteIssue(1)
            let gone = try await world.send("GET", "issues/1")
            #expect((gone.status, gone.json["message"]) == (410, "This issue was deleted"))
            #expect(try await world.send("GET", "issues/comments/\(id)").status == 404)
            #expect(try await world.send("POST", "issues/1/labels", ["x"]).status == 410)
            #expect(try await world.send("GET", "issues/2").status == 404)
        }
    }

    @Test func `a renamed repository redirects: 301 for reading, 307 for changing`() async throws {
        try await World.run { world in
            try await world.model.fileIssue("a", by: "acme")
            try await world.model.rename(to: "gadgets")
            let moved = try await world.send("GET", "issues?state=all")
            #expect((moved.status, moved.json["message"]) == (301, "Moved Permanently"))
            let location = try #require(moved.headers["location"])
            #expect(try await world.send("GET", location).json.texts("title") == ["a"])
            #expect(try await world.send("POST", "issues/1/comments", ["body": "x"]).status == 307)
            #expect(try await world.send("GET", "/repos/ACME/Gadgets").json["full_name"] == "acme/gadgets")
            try await world.model.deleteRepository()
            #expect(try await world.send("GET", "/repos/acme/gadgets").status == 404)
            #expect(try await world.send("GET", "").status == 404)
        }
    }

    @Test func `a transferred issue redirects to its new place, with its comments`() async throws {
        try await World.run { world in
            try await world.model.addRepository("acme/other")
            try await world.model.fileIssue("a", labels: ["bug", "only here"], by: "acme")
            try await world.model.comment(1, "x", by: "acme")
            #expect(try await world.model.transfer(1, to: "acme/other", by: "acme") == 1)
            let moved = try await world.send("GET", "issues/1/comments?per_page=5")
            #expect(moved.status == 301)
            let location = try #require(moved.headers["location"])
            #expect(location.hasSuffix("/issues/1/comments?per_page=5"))
            #expect(try await world.send("GET", location).json.texts("body") == ["x"])
            let issue = try await world.send("GET", "/repos/acme/other/issues/1").json
            #expect(issue["labels"]?.texts("name") == ["bug"])
            #expect(try await world.send("GET", "issues?state=all").json == [])
        }
    }
}
