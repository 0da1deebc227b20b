import GitHubServer
import OrchCore
import Testing

@Suite struct LimitTests {
    @Test func `an hour's requests run out, and come back`() async throws {
        try await World.run { world in
            let first = try await world.send("GET", "issues")
            #expect(first.headers["x-ratelimit-limit"] == "5000")
            #expect(first.headers["x-ratelimit-remaining"] == "4999")
            #expect(first.headers["x-ratelimit-reset"] == "1767229200")
            await world.model.exhaustRateLimit("orch")
            let refused = try await world.send("GET", "issues")
            #expect((refused.status, refused.headers["x-ratelimit-remaining"]) == (403, "0"))
            #expect(refused.json["message"]?.stringValue?.hasPrefix("API rate limit exceeded") == true)
            let limits = try await world.send("GET", "/rate_limit")
            #expect(limits.status == 200)
            #expect(limits.json["resources"]?["core"]?["remaining"] == 0)
            #expect(try await world.send("GET", "issues", as: "acme").status == 200)
            world.clock.advance(3600)
            #expect(try await world.send("GET", "issues").status == 200)
            #expect(await world.model.log.limited == 1)
        }
    }

    @Test func `more content than GitHub allows in a minute is refused, and has no effect`() async throws {
        try await World.run { world in
            try await world.model.fileIssue("a", by: "acme")
            for index in 1...80 {
                #expect(try await world.send("POST", "issues/1/comments", ["body": .string("c\(index)")]).status == 201)
            }
            let refused = try await world.send("POST", "issues/1/comments", ["body": "c81"])
            #expect((refused.status, refused.headers["retry-after"]) == (403, "60"))
            #expect(refused.json["message"]?.stringValue?.contains("secondary rate limit") == true)
            #expect(try await world.send("GET", "issues/1").json["comments"] == 80)
            world.clock.advance(61)
            #expect(try await world.send("POST", "issues/1/comments", ["body": "c81"]).status == 201)
        }
    }

    @Test func `nobody in particular has sixty requests an hour`() async throws {
        try await World.run { world in
            let list = try await world.send("GET", "issues", as: nil)
            #expect(list.headers["x-ratelimit-limit"] == "60")
        }
    }
}
