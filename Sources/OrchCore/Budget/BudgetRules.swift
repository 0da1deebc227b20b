/// Check-ins, nudges, wrap-up and close, as a function of worked time.
package enum BudgetRules {
    /// Limits of supervision; durations in milliseconds.
    package struct Limits: Sendable, Hashable {
        /// Nudges without a report before an agent is called stalled.
        package var nudges: Int
        /// Worked silence after which an agent is called stalled.
        package var staleMs: Int64
        /// Silence after a wrap-up request before the agent is closed.
        package var wrapUpGraceMs: Int64
        /// Work after a wrap-up request before the agent is closed, busy or not: a budget that can be worked past is none (P-40).
        package var wrapUpLimitMs: Int64

        /// Limits as configured.
        ///
        /// - Parameters:
        ///   - nudges: nudges without a report before an agent is called stalled.
        ///   - staleMs: worked silence after which it is.
        ///   - wrapUpGraceMs: silence after a wrap-up request before it is closed.
        ///   - wrapUpLimitMs: work after a wrap-up request before it is closed; ten times the grace when nobody says.
        package init(nudges: Int, staleMs: Int64, wrapUpGraceMs: Int64, wrapUpLimitMs: Int64? = nil) {
            self.nudges = nudges
            self.staleMs = staleMs
            self.wrapUpGraceMs = wrapUpGraceMs
            self.wrapUpLimitMs = max(wrapUpGraceMs, wrapUpLimitMs ?? 10 * wrapUpGraceMs)
        }
    }

    /// What supervision asks for.
    package enum Action: Sendable, Hashable {
        /// A check-in found no report: ask for one. `number` counts from 1.
        case nudge(number: Int)
        /// All nudges are used and nothing came.
        case stallUnresponsive
        /// No sign of life for too long.
        case stallSilent
        /// The budget is used up: ask for a wrap-up.
        case wrapUp
        /// The wrap-up's grace is over.
        case close
    }

    /// Charges work to a budget and says what follows: at most one action a step, the gravest.
    ///
    /// - Parameters:
    ///   - state: the budget; consumed time only grows (I6).
    ///   - elapsedMs: worked time since the last charge; less than 0 counts as 0.
    ///   - isStalled: an agent already called stalled is neither nudged nor called so again.
    ///   - limits: the limits in force.
    /// - Returns: what to do, if anything.
    package static func charge(
        _ state: inout BudgetState,
        elapsedMs: Int64,
        isStalled: Bool,
        limits: Limits
    ) -> Action? {
        let elapsed = max(0, elapsedMs)
        state.workedMs += elapsed
        state.silentMs += elapsed
        if let askedAt = state.wrapUpAtWorkedMs {
            state.wrapUpSilentMs += elapsed
            let isOver =
                state.wrapUpSilentMs >= limits.wrapUpGraceMs || state.workedMs - askedAt >= limits.wrapUpLimitMs
            return isOver ? .close : nil
        }
        if state.isUsedUp {
            state.wrapUpAtWorkedMs = state.workedMs
            state.wrapUpSilentMs = 0
            return .wrapUp
        }
        guard !isStalled else { return nil }
        if state.silentMs >= limits.staleMs { return .stallSilent }
        guard state.workedMs >= state.checkinAtWorkedMs else { return nil }
        state.checkinAtWorkedMs = state.workedMs + state.checkinMs
        guard state.nudges < limits.nudges else { return .stallUnresponsive }
        state.nudges += 1
        return .nudge(number: state.nudges)
    }

    /// An agent's conversation showed life; a whole report also starts the check-in anew.
    package static func showedLife(_ state: inout BudgetState, isReport: Bool) {
        state.silentMs = 0
        state.wrapUpSilentMs = 0
        guard isReport else { return }
        state.nudges = 0
        state.checkinAtWorkedMs = state.workedMs + state.checkinMs
    }

    /// Adds what Codex reports as the thread's absolute total; only growth counts (P-44).
    ///
    /// - Returns: the tokens newly consumed.
    package static func addTokens(_ state: inout BudgetState, total: Int64, lastSeen: Int64) -> Int64 {
        let grown = max(0, total - lastSeen)
        state.tokens += grown
        return grown
    }

    /// Worked time until the next action can be due, in milliseconds; what the hub may sleep while the agent works.
    package static func nextDueMs(_ state: BudgetState, isStalled: Bool, limits: Limits) -> Int64 {
        if let askedAt = state.wrapUpAtWorkedMs {
            return max(
                0,
                min(limits.wrapUpGraceMs - state.wrapUpSilentMs, askedAt + limits.wrapUpLimitMs - state.workedMs)
            )
        }
        if state.isUsedUp { return 0 }
        var due = state.budgetMs - state.workedMs
        if !isStalled {
            due = min(due, state.checkinAtWorkedMs - state.workedMs, limits.staleMs - state.silentMs)
        }
        return max(0, due)
    }
}
