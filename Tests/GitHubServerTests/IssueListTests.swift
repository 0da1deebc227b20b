import GitHubServer
import OrchCore
import Testing

@Suite struct IssueListTests {
    @Test func `labels must all be there, whatever their case, and the state is open unless asked`() async throws {
        try await World.run { world in
            let model = world.model
            try await model.fileIssue("one", labels: ["orchestrate", "agent:queued"], by: "acme")
            try await model.fileIssue("two", labels: ["Orchestrate"], by: "acme")
            let closed = try await model.fileIssue("three", labels: ["orchestrate"], by: "acme")
            try await model.close(closed, by: "acme")
            let both = try await world.send("GET", "issues?labels=ORCHESTRATE,agent%3Aqueued")
            #expect(both.json.texts("title") == ["one"])
            let one = try await world.send("GET", "issues?labels=orchestrate")
            #expect(one.json.texts("title") == ["two", "one"])
            let all = try await world.send("GET", "issues?labels=orchestrate&state=all&direction=asc")
            #expect(all.json.texts("title") == ["one", "two", "three"])
            #expect(try await world.send("GET", "issues?labels=unknown").json == [])
        }
    }

    @Test func `since is inclusive and knows whole seconds`() async throws {
        try await World.run { world in
            try await world.model.fileIssue("old", by: "acme")
            world.clock.advance(1)
            try await world.model.fileIssue("new", by: "acme")
            for (since, titles) in [
                ("2026-01-01T00:00:00Z", ["old", "new"]), ("2026-01-01T00:00:01Z", ["new"]),
                ("2026-01-01T00:00:01.900Z", ["new"]), ("2026-01-01T00:00:02Z", []),
            ] {
                let list = try await world.send("GET", "issues?since=\(since)&sort=updated&direction=asc")
                #expect(list.json.texts("title") == titles, "since \(since)")
            }
            #expect(try await world.send("GET", "issues?since=soon").status == 422)
        }
    }

    @Test func `what people do moves updated_at, what happens to a repository's labels does not`() async throws {
        try await World.run { world in
            let model = world.model
            let number = try await model.fileIssue("a", labels: ["x"], by: "acme")
            func updated() async throws -> String? {
                try await world.send("GET", "issues/\(number)").json["updated_at"]?.stringValue
            }
            var last = try await updated()
            world.clock.advance(5)
            try await model.renameLabel("x", to: "y")
            #expect(try await updated() == last)
            for act in [
                { try await model.label(number, "z", by: "acme") },
                { try await model.unlabel(number, "z", by: "acme") },
                { _ = try await model.comment(number, "hi", by: "acme") },
                { try await model.edit(number, title: "b", by: "acme") }, { try await model.close(number, by: "acme") },
            ] as [@Sendable () async throws -> Void] {
                world.clock.advance(5)
                try await act()
                let now = try await updated()
                #expect(now != last)
                last = now
            }
            world.clock.advance(5)
            try await model.deleteLabel("y")
            #expect(try await updated() == last)
        }
    }

    @Test func `pages lead by the repository's number and a cursor, and lose nothing that moves`() async throws {
        try await World.run { world in
            for index in 1...25 {
                world.clock.advance(1)
                try await world.model.fileIssue("n\(index)", by: "acme")
            }
            let first = try await world.send("GET", "issues?sort=updated&direction=asc&per_page=10&state=all")
            #expect(first.json.texts("title") == (1...10).map { "n\($0)" })
            let next = try #require(first.next)
            #expect(next.contains("/repositories/") && next.contains("after=") && next.contains("per_page=10"))
            // An item of the second page moves to the end meanwhile: it comes once, at its new place.
            world.clock.advance(1)
            try await world.model.comment(12, "moved", by: "acme")
            let rest = try await world.all(next)
            #expect(
                rest.compactMap { $0["title"]?.stringValue } == (11...25).map { "n\($0)" }.filter { $0 != "n12" } + [
                    "n12"
                ]
            )
            let byNumber = try await world.send("GET", "issues?per_page=10&page=3&direction=asc")
            #expect(byNumber.json.texts("title") == (21...25).map { "n\($0)" })
            #expect(byNumber.next == nil)
            #expect(try await world.send("GET", "issues?per_page=1000").json.arrayValue?.count == 25)
            #expect(try await world.send("GET", "issues").json.arrayValue?.count == 25)
        }
    }

    @Test func `a list that stayed the same is a 304 that costs nothing, for the same token only`() async throws {
        try await World.run { world in
            try await world.model.fileIssue("a", by: "acme")
            let first = try await world.send("GET", "issues")
            let tag = try #require(first.headers["etag"])
            #expect(tag.hasPrefix("W/\""))
            let used = first.headers["x-ratelimit-used"]
            let again = try await world.send("GET", "issues", headers: ["if-none-match": tag])
            #expect((again.status, again.body, again.headers["etag"]) == (304, "", tag))
            #expect(again.headers["x-ratelimit-used"] == used)
            #expect(try await world.send("GET", "issues", as: "acme", headers: ["if-none-match": tag]).status == 200)
            try await world.model.comment(1, "b", by: "acme")
            let changed = try await world.send("GET", "issues", headers: ["if-none-match": tag])
            #expect(changed.status == 200)
            #expect(changed.headers["etag"] != tag)
            let log = await world.model.log
            #expect(log.notModified == 1)
            #expect(log.records.count(where: \.isConditional) == 3)
        }
    }
}
