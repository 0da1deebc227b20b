/// When the next request may go: GitHub's limits, and manners towards a server in trouble.
///
/// Pure: a state, what happens and the time give the next state or a wait. Time is in milliseconds on a clock that never goes back.
///
/// Source: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
package struct GateRules: Sendable {
    /// A wait that must pass before a request.
    package struct Wait: Sendable, Hashable {
        /// What it is for.
        package enum Cause: String, Sendable, Hashable, CaseIterable {
            case primaryLimit = "primary_limit"
            case secondaryLimit = "secondary_limit"
            case trouble
            case points
            case content
            case spacing
        }

        /// How long, in milliseconds; 0 is none.
        package var ms: Int64
        /// What the longest part of it is for.
        package var cause: Cause
    }

    /// The limits.
    package var limits: GateLimits

    /// Rules for these limits.
    package init(_ limits: GateLimits = GateLimits()) {
        self.limits = limits
    }

    /// How long a request has to wait, and why; nil if it may go.
    package func wait(for kind: RequestKind, _ state: GateState, now: Int64) -> Wait? {
        var waits: [Wait] = []
        if let until = state.silentUntilMs {
            waits.append(Wait(ms: until - now, cause: state.silence == .primary ? .primaryLimit : .secondaryLimit))
        }
        if let until = state.troubleUntilMs { waits.append(Wait(ms: until - now, cause: .trouble)) }
        let points = state.points.wait(for: kind.points, limit: limits.pointsPerMinute, now: now)
        waits.append(Wait(ms: points, cause: .points))
        if kind == .content {
            let minute = state.contentMinute.wait(for: 1, limit: limits.contentPerMinute, now: now)
            let hour = state.contentHour.wait(for: 1, limit: limits.contentPerHour, now: now)
            waits.append(Wait(ms: max(minute, hour), cause: .content))
        }
        if kind.isWrite, let last = state.lastWriteMs {
            waits.append(Wait(ms: last + limits.writeSpacingMs - now, cause: .spacing))
        }
        return waits.filter { $0.ms > 0 }.max { $0.ms < $1.ms }
    }

    /// A request goes.
    package func began(_ kind: RequestKind, _ state: inout GateState, now: Int64) {
        state.points.add(kind.points, now: now)
        if kind.isWrite { state.lastWriteMs = now }
        if kind == .content {
            state.contentMinute.add(1, now: now)
            state.contentHour.add(1, now: now)
        }
    }

    /// An answer came.
    ///
    /// - Parameters:
    ///   - facts: what it says.
    ///   - state: what is known.
    ///   - now: the time.
    ///   - jitter: chance from 0 to 1, so that several hubs that were refused at once don't come back at once.
    package func answered(_ facts: RateFacts, _ state: inout GateState, now: Int64, jitter: Double) {
        if let limit = facts.limit { state.limit = limit }
        if let remaining = facts.remaining { state.remaining = remaining }
        if let interval = facts.pollIntervalMs { state.pollIntervalMs = min(interval, limits.askedWaitLimitMs) }
        if facts.isLimited { return limited(facts, &state, now: now, jitter: jitter) }
        if facts.status >= 500 { return failed(&state, now: now, jitter: jitter, retryAfterMs: facts.retryAfterMs) }
        state.troubles = 0
        state.troubleUntilMs = nil
        state.strikes = 0
        if facts.remaining == 0 { silence(.primary, until: now + resetMs(facts), &state) }
    }

    /// No answer came.
    package func failed(_ state: inout GateState, now: Int64, jitter: Double, retryAfterMs: Int64? = nil) {
        let grown = doubled(limits.troubleWaitMs, state.troubles, limits.troubleWaitLimitMs)
        // Between half of it and all of it.
        let wait = Int64(Double(grown) * (0.5 + bounded(jitter) / 2))
        state.troubles += 1
        let until = now + max(wait, min(retryAfterMs ?? 0, limits.askedWaitLimitMs))
        state.troubleUntilMs = max(state.troubleUntilMs ?? until, until)
    }

    /// The order is GitHub's: `retry-after`, else `x-ratelimit-reset` if nothing remains, else at least a minute, growing.
    private func limited(_ facts: RateFacts, _ state: inout GateState, now: Int64, jitter: Double) {
        let wait: Int64
        let cause: GateState.Silence
        if let asked = facts.retryAfterMs {
            wait = min(asked, limits.askedWaitLimitMs)
            cause = facts.remaining == 0 && !facts.saysSecondary ? .primary : .secondary
        } else if facts.remaining == 0 {
            wait = resetMs(facts)
            cause = .primary
        } else {
            wait = doubled(limits.secondaryWaitMs, state.strikes, limits.secondaryWaitLimitMs)
            cause = .secondary
        }
        if cause == .secondary { state.strikes += 1 }
        // At most a tenth more, and no more than ten seconds.
        let extra = Int64(min(Double(wait) / 10, 10_000) * bounded(jitter))
        silence(cause, until: now + wait + extra, &state)
    }

    private func silence(_ cause: GateState.Silence, until: Int64, _ state: inout GateState) {
        if let known = state.silentUntilMs, known >= until { return }
        state.silentUntilMs = until
        state.silence = cause
    }

    /// Until the primary limit is whole again: one second more than it says, and never over an hour, which is its window.
    private func resetMs(_ facts: RateFacts) -> Int64 {
        min(max(facts.resetInMs ?? limits.secondaryWaitMs, 0), 3_600_000) + 1_000
    }

    private func doubled(_ first: Int64, _ times: Int, _ limit: Int64) -> Int64 {
        times >= 30 ? limit : min(limit, first << Int64(times))
    }

    private func bounded(_ jitter: Double) -> Double { min(max(jitter, 0), 1) }
}
