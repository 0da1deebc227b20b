import GitHubServer
import Testing

@Suite struct TimeTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"), (1_767_225_600_000, "2026-01-01T00:00:00Z"),
        (951_827_696_789, "2000-02-29T12:34:56Z"), (4_102_444_799_000, "2099-12-31T23:59:59Z"),
        (-1000, "1969-12-31T23:59:59Z"),
    ])
    func `a time is written and read`(_ ms: Int64, _ text: String) {
        #expect(GitHubTime.text(ms) == text)
        #expect(GitHubTime.parse(text) == ms / 1000 * 1000)
    }

    @Test func `fractions and offsets are understood, and what is no time is none`() {
        #expect(GitHubTime.parse("2026-01-01T01:30:00.123+01:30") == 1_767_225_600_000)
        #expect(GitHubTime.parse("2025-12-31T19:00:00-05:00") == 1_767_225_600_000)
        #expect(GitHubTime.parse("yesterday") == nil)
        #expect(GitHubTime.parse("2026-01-01") == nil)
        #expect(GitHubTime.httpDate(1_767_225_600_000) == "Thu, 01 Jan 2026 00:00:00 GMT")
    }
}
