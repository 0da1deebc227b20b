import OrchCore
import Testing

@testable import GitHub

struct RateFactsTests {
    private func facts(_ status: Int, _ headers: [String: String], _ body: String = "", wallMs: Int64 = 0) -> RateFacts
    {
        RateFacts(
            HTTPResponse(status: status, headers: headers.map { .init($0.key, $0.value) }, body: Array(body.utf8)),
            wallMs: wallMs
        )
    }

    @Test func `headers are read against the server's own clock`() {
        let facts = facts(
            200,
            [
                "Date": "Tue, 24 Nov 2026 13:10:00 GMT", "X-RateLimit-Limit": "5000", "X-RateLimit-Remaining": "4999",
                "X-RateLimit-Reset": "1795526400", "X-Poll-Interval": "60", "X-RateLimit-Resource": "core",
            ],
            wallMs: 99
        )
        #expect(facts.limit == 5_000)
        #expect(facts.remaining == 4_999)
        #expect(facts.resetInMs == 600_000)
        #expect(facts.pollIntervalMs == 60_000)
        #expect(!facts.isLimited)
    }

    @Test func `retry-after may be seconds or a date`() {
        #expect(facts(503, ["retry-after": "7"]).retryAfterMs == 7_000)
        let date = ["retry-after": "Tue, 24 Nov 2026 13:11:00 GMT", "date": "Tue, 24 Nov 2026 13:10:00 GMT"]
        #expect(facts(503, date).retryAfterMs == 60_000)
        #expect(facts(503, ["retry-after": "soon"]).retryAfterMs == nil)
        #expect(facts(503, ["retry-after": "-5"]).retryAfterMs == nil)
    }

    @Test func `limits of search and GraphQL are not ours`() {
        let facts = facts(200, ["x-ratelimit-remaining": "0", "x-ratelimit-resource": "search"])
        #expect(facts.remaining == nil)
    }

    @Test(
        arguments: [
            (429, [:], "", true), (403, [:], "{\"message\":\"You have exceeded a secondary rate limit.\"}", true),
            (403, [:], "{\"documentation_url\":\"https://docs.github.com/x#about-secondary-rate-limits\"}", true),
            (403, ["retry-after": "1"], "", true), (403, ["x-ratelimit-remaining": "0"], "", true),
            (403, ["x-ratelimit-remaining": "1"], "{\"message\":\"Must have admin rights\"}", false),
            (403, [:], "<html>secondary rate limit</html>", false),
            (404, ["x-ratelimit-remaining": "0"], "", false), (200, ["retry-after": "1"], "", false),
        ] as [(Int, [String: String], String, Bool)]
    )
    func `a limit is told from a lack of permission`(
        status: Int,
        headers: [String: String],
        body: String,
        isLimited: Bool
    ) {
        #expect(facts(status, headers, body).isLimited == isLimited)
    }

    @Test(
        arguments: [
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Tue, 24 Nov 2026 13:10:00 GMT", 1_795_525_800_000),
            ("Thu, 29 Feb 2024 23:59:60 GMT", 1_709_251_199_000), ("Tue, 24 Nov 2026 13:10:00 CET", nil), ("", nil),
            ("Tue, 24 Foo 2026 13:10:00 GMT", nil), ("Tue, 24 Nov 2026 25:10:00 GMT", nil),
            ("Tuesday, 24-Nov-26 13:10:00 GMT", nil),
        ] as [(String, Int64?)]
    )
    func `dates of heads are read`(text: String, ms: Int64?) {
        #expect(HTTPDate.ms(text) == ms)
    }
}
