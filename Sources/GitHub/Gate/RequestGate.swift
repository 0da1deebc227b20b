package import OrchCore
import Timers

/// The one way to GitHub for all requests of a hub: keeps them within the limits, and is silent when told to be.
///
/// Writes go one after the other, in the order in which they came; a few reads go side by side. Who waits holds a place: behind a write that
/// waits out a pause all writes wait. Everything it decides by is in `GateState`; a hub that stores `saved()` keeps to the limits over a
/// restart. What is lost by a kill are the counts since the last time it was stored.
package actor RequestGate {
    private let rules: GateRules
    private let clock: GateClock
    private let reads: Turnstile
    private let writes = Turnstile(places: 1)
    /// What it knows.
    package private(set) var state: GateState
    /// What it has let go.
    package private(set) var counts = GateCounts()

    /// A gate.
    ///
    /// - Parameters:
    ///   - limits: what it keeps to.
    ///   - saved: what an earlier gate had saved.
    ///   - clock: its time.
    package init(limits: GateLimits = GateLimits(), saved: JSONValue? = nil, clock: GateClock = .system) {
        rules = GateRules(limits)
        self.clock = clock
        reads = Turnstile(places: limits.reads)
        state = saved.map { GateState(saved: $0, now: clock.now(), wallMs: clock.wallMs()) } ?? GateState()
    }

    /// Runs one request as soon as it may go.
    ///
    /// - Parameters:
    ///   - kind: what it counts as.
    ///   - patienceMs: how long a pause may be waited out; a longer one is an error at once.
    ///   - body: sends the request, and says what became of it.
    /// - Returns: what the body returns.
    /// - Throws: `GitHubError` with code `rateLimited` or `unavailable` when the pause is longer than the patience, `cancelled` when the caller
    ///   is; then the body was not run.
    package func pass<T: Sendable>(
        _ kind: RequestKind,
        patienceMs: Int64,
        _ body: @Sendable () async -> (T, GateOutcome)
    ) async throws(GitHubError) -> T {
        let turnstile = kind.isWrite ? writes : reads
        guard await turnstile.enter() else { throw Self.cancelled() }
        defer { turnstile.leave() }
        try await waitUntilAllowed(kind, patienceMs: patienceMs)
        let (value, outcome) = await body()
        ended(outcome)
        return value
    }

    /// The state for a row in the database.
    package func saved() -> JSONValue { state.saved(now: clock.now(), wallMs: clock.wallMs()) }

    /// Milliseconds since 1970, for answers without a date.
    nonisolated var wallMs: Int64 { clock.wallMs() }

    /// How long a request of a kind would have to wait now, and why; nil if it may go.
    package func wait(for kind: RequestKind) -> GateRules.Wait? { rules.wait(for: kind, state, now: clock.now()) }

    /// Forgets that the network was in trouble: something happened that may have mended it, such as a machine that woke up.
    package func forgetTrouble() {
        state.troubles = 0
        state.troubleUntilMs = nil
    }

    /// Waits, and counts the request as gone, in one step with the last look at the state.
    private func waitUntilAllowed(_ kind: RequestKind, patienceMs: Int64) async throws(GitHubError) {
        var left = patienceMs
        while let wait = rules.wait(for: kind, state, now: clock.now()) {
            guard wait.ms <= left else { throw Self.refused(wait) }
            left -= wait.ms
            do {
                try await clock.sleep(wait.ms)
            } catch {
                throw Self.cancelled()
            }
        }
        if Task.isCancelled { throw Self.cancelled() }
        rules.began(kind, &state, now: clock.now())
        counts.began(kind)
    }

    private func ended(_ outcome: GateOutcome) {
        counts.ended(outcome)
        switch outcome {
        case .answered(let facts): rules.answered(facts, &state, now: clock.now(), jitter: clock.jitter())
        case .failed: rules.failed(&state, now: clock.now(), jitter: clock.jitter())
        case .neutral: break
        }
    }

    private static func refused(_ wait: GateRules.Wait) -> GitHubError {
        let time = DurationText.format(wait.ms)
        let (code, why): (GitHubError.Code, String) =
            switch wait.cause {
            case .primaryLimit:
                (.rateLimited, "the token's requests of this hour are used up; GitHub takes more in \(time)")
            case .secondaryLimit:
                (.rateLimited, "GitHub asked for a pause (secondary rate limit), which lasts \(time) more")
            case .content:
                (
                    .rateLimited,
                    "orch has written as much as it allows itself (comments and pull requests); more in \(time)"
                )
            case .points, .spacing: (.rateLimited, "orch has asked as much as it allows itself; more in \(time)")
            case .trouble: (.unavailable, "GitHub did not answer lately; orch tries again in \(time)")
            }
        return GitHubError(code, why, retryAfterMs: wait.ms)
    }

    private static func cancelled() -> GitHubError {
        GitHubError(.cancelled, "GitHub was not asked, because the hub no longer waits for it")
    }
}
