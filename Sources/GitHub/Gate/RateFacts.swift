import OrchCore

/// What an answer says about limits.
///
/// Source: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#checking-the-status-of-your-rate-limit
package struct RateFacts: Sendable, Hashable {
    /// The status of the answer.
    package var status: Int
    /// How long GitHub asks to wait (`retry-after`), in milliseconds.
    package var retryAfterMs: Int64?
    /// The primary limit (`x-ratelimit-limit`).
    package var limit: Int?
    /// What is left of it (`x-ratelimit-remaining`).
    package var remaining: Int?
    /// In how many milliseconds it is whole again (`x-ratelimit-reset`, against the server's own clock).
    package var resetInMs: Int64?
    /// How far apart polls should be at least (`x-poll-interval`), in milliseconds.
    package var pollIntervalMs: Int64?
    /// Whether the text of a refusal is about a secondary limit.
    package var saysSecondary: Bool

    /// Facts.
    package init(
        status: Int,
        retryAfterMs: Int64? = nil,
        limit: Int? = nil,
        remaining: Int? = nil,
        resetInMs: Int64? = nil,
        pollIntervalMs: Int64? = nil,
        saysSecondary: Bool = false
    ) {
        self.status = status
        self.retryAfterMs = retryAfterMs
        self.limit = limit
        self.remaining = remaining
        self.resetInMs = resetInMs
        self.pollIntervalMs = pollIntervalMs
        self.saysSecondary = saysSecondary
    }

    /// Reads an answer.
    ///
    /// - Parameters:
    ///   - response: the answer.
    ///   - wallMs: this machine's clock, asked only when the answer has no date: it may be wrong by a day, the server's is right for the
    ///     server.
    init(_ response: HTTPResponse, wallMs: Int64) {
        self.init(status: response.status)
        let serverMs = response.header("date").flatMap(HTTPDate.ms) ?? wallMs
        if let text = response.header("retry-after") {
            if let seconds = Self.number(text) {
                retryAfterMs = seconds * 1_000
            } else if let date = HTTPDate.ms(text) {
                retryAfterMs = max(0, date - serverMs)
            }
        }
        // The search API and GraphQL have limits of their own, which say nothing about this one.
        let resource = response.header("x-ratelimit-resource")
        if resource == nil || resource == "core" {
            limit = response.header("x-ratelimit-limit").flatMap(Self.number).map(Int.init)
            remaining = response.header("x-ratelimit-remaining").flatMap(Self.number).map(Int.init)
            resetInMs = response.header("x-ratelimit-reset").flatMap(Self.number).map { $0 * 1_000 - serverMs }
        }
        pollIntervalMs = response.header("x-poll-interval").flatMap(Self.number).map { $0 * 1_000 }
        if status == 403 || status == 429 { saysSecondary = Self.isSecondary(response.body) }
    }

    /// Whether it refuses because of a limit.
    ///
    /// A 403 without any of these signs is about permissions.
    package var isLimited: Bool {
        status == 429 || status == 403 && (retryAfterMs != nil || remaining == 0 || saysSecondary)
    }

    /// GitHub tells a secondary limit by "an error message that indicates" it, or by the page that the message links to.
    private static func isSecondary(_ body: [UInt8]) -> Bool {
        // A body that is no JSON is some proxy's: it says nothing about GitHub's limits.
        guard body.count <= 65_536, let json = try? JSONValue(parsing: body) else { return false }
        let words = (json["message"]?.stringValue ?? "").lowercased()
        let page = (json["documentation_url"]?.stringValue ?? "").lowercased()
        return words.contains("secondary rate limit") || words.contains("abuse detection")
            || page.contains("secondary-rate-limits")
            || page.contains("abuse-rate-limits")
    }

    /// A number of at most 15 digits: it can be multiplied without overflow.
    private static func number(_ text: String) -> Int64? {
        guard !text.isEmpty, text.utf8.count <= 15, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int64(text)
    }
}
