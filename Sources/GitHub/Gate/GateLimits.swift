/// How much may be asked of GitHub, and how long to wait when it says no.
///
/// Source: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
package struct GateLimits: Sendable, Hashable {
    /// How far apart two writes begin.
    ///
    /// Source: https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#pause-between-mutative-requests
    package var writeSpacingMs: Int64 = 1_000
    /// The most points in any minute.
    package var pointsPerMinute = 900
    /// The most content in any minute: fewer than GitHub's 80.
    package var contentPerMinute = 79
    /// The most content in any hour.
    ///
    /// GitHub's own limit is 500; the person whose token it is, and their agents, use it too.
    package var contentPerHour = 299
    /// The first wait after a secondary limit without a time; doubled with each further one.
    package var secondaryWaitMs: Int64 = 60_000
    /// The longest of these waits.
    package var secondaryWaitLimitMs: Int64 = 3_600_000
    /// The first wait after a server's error or a lost connection; doubled with each further one.
    package var troubleWaitMs: Int64 = 1_000
    /// The longest of these waits: an hour without network costs no more than this at its end.
    package var troubleWaitLimitMs: Int64 = 120_000
    /// The longest wait that a server may ask for; a longer one is cut, so that nothing it says stops orch for good.
    package var askedWaitLimitMs: Int64 = 86_400_000
    /// How many reads may be under way at once.
    package var reads = 4

    /// The limits of the daemon.
    package init() {}

    /// Limits without pauses, for tests against a server of their own: what the server asks for is still waited for.
    package static var immediate: GateLimits {
        var limits = GateLimits()
        limits.writeSpacingMs = 0
        limits.troubleWaitMs = 0
        limits.pointsPerMinute = 1_000_000
        limits.contentPerMinute = 1_000_000
        limits.contentPerHour = 1_000_000
        return limits
    }
}
