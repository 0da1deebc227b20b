import GitHubServer
import OrchCore
import Testing

@Suite struct CommentTests {
    @Test func `comments are made, changed, listed everywhere and deleted`() async throws {
        try await World.run { world in
            try await world.model.fileIssue("a", by: "acme")
            try await world.model.fileIssue("b", by: "acme")
            let made = try await world.send("POST", "issues/1/comments", ["body": "one"])
            #expect(made.status == 201)
            let id = try #require(made.json["id"]?.intValue)
            #expect(made.json["issue_url"]?.stringValue?.hasSuffix("/repos/acme/widgets/issues/1") == true)
            world.clock.advance(2)
            try await world.model.comment(2, "two", by: "mallory")
            world.clock.advance(2)
            let changed = try await world.send("PATCH", "issues/comments/\(id)", ["body": "one, changed"])
            #expect(changed.json["updated_at"] == "2026-01-01T00:00:04Z")
            let list = try await world.send(
                "GET",
                "issues/comments?since=2026-01-01T00:00:02Z&sort=updated&direction=asc"
            )
            #expect(list.json.texts("body") == ["two", "one, changed"])
            #expect(list.json.texts("author_association") == ["NONE", "COLLABORATOR"])
            let later = try await world.send(
                "GET",
                "issues/comments?since=2026-01-01T00:00:03Z&sort=updated&direction=asc"
            )
            #expect(later.json.texts("body") == ["one, changed"])
            #expect(try await world.send("GET", "issues/1").json["comments"] == 1)
            #expect(try await world.send("DELETE", "issues/comments/\(id)").status == 204)
            #expect(try await world.send("GET", "issues/comments/\(id)").status == 404)
            #expect(try await world.send("PATCH", "issues/comments/\(id)", ["body": "x"]).status == 404)
            #expect(try await world.send("GET", "issues/1/comments").json == [])
        }
    }

    @Test func `comments come in pages, oldest first`() async throws {
        try await World.run(limits: .none) { world in
            try await world.model.fileIssue("a", by: "acme")
            for index in 1...35 { try await world.model.comment(1, "c\(index)", by: "acme") }
            let first = try await world.send("GET", "issues/1/comments")
            #expect(first.json.arrayValue?.count == 30)
            #expect(first.headers["link"]?.contains("rel=\"last\"") == true)
            let all = try await world.all("issues/1/comments?per_page=10")
            #expect(all.compactMap { $0["body"]?.stringValue } == (1...35).map { "c\($0)" })
        }
    }

    @Test func `a reaction is there once, and anybody may react`() async throws {
        try await World.run { world in
            try await world.model.fileIssue("a", by: "acme")
            let id = try await world.model.comment(1, "/orch status", by: "acme")
            let path = "issues/comments/\(id)/reactions"
            #expect(try await world.send("POST", path, ["content": "eyes"]).status == 201)
            #expect(try await world.send("POST", path, ["content": "eyes"]).status == 200)
            #expect(try await world.send("POST", path, ["content": "eyes"], as: "mallory").status == 201)
            #expect(try await world.send("POST", path, ["content": "shrug"]).status == 422)
            let list = try await world.send("GET", path).json
            #expect((list.arrayValue ?? []).map { $0["user"]?["login"] } == ["orch", "mallory"])
            let mine = try #require(list[0]?["id"]?.intValue)
            #expect(try await world.send("DELETE", "\(path)/\(mine)", as: "mallory").status == 403)
            #expect(try await world.send("DELETE", "\(path)/\(mine)").status == 204)
            let comment = try await world.send("GET", "issues/comments/\(id)").json
            #expect(comment["reactions"]?["eyes"] == 1)
            #expect(try await world.send("POST", "issues/1/reactions", ["content": "+1"]).status == 201)
        }
    }

    @Test func `a mention is a mail for somebody, in code it is not`() async throws {
        try await World.run { world in
            try await world.model.fileIssue("a", "ask @tina and mail@mallory and `@acme`", by: "acme")
            try await world.model.comment(1, "```\n@tina\n```\n@orch, please. Also @nobody.", by: "acme")
            let who = await world.model.state.mentions.map(\.who)
            #expect(who == ["tina", "orch"])
        }
    }
}
