import OrchCore
import Testing

@Suite struct TurnRulesTests {
    @Test(
        arguments: [
            ("usageLimitExceeded", nil, .usageLimit), ("rateLimitExceeded", nil, .temporary),
            ("serverOverloaded", nil, .temporary), ("flexUnavailable", nil, .temporary),
            ("responseStreamDisconnected", 429, .temporary), ("responseTooManyFailedAttempts", 429, .temporary),
            ("httpConnectionFailed", 503, .temporary),
            ("httpConnectionFailed", 401, .refused), ("httpConnectionFailed", nil, .temporary),
            ("contextWindowExceeded", nil, .contextWindow), ("unauthorized", nil, .refused),
            ("badRequest", nil, .refused), ("cyberPolicy", nil, .refused),
            ("misalignmentPolicyViolation", nil, .refused), ("tooManyDenials", nil, .refused),
            ("sessionBudgetExceeded", nil, .refused), ("sandboxError", nil, .refused), ("other", nil, .other),
            ("something new", nil, .other), (nil, nil, .other),
        ] as [(String?, Int?, TurnFailure)]
    )
    func `a failure is classified by Codex's word and the status`(word: String?, status: Int?, failure: TurnFailure) {
        #expect(TurnFailure(codexErrorInfo: word, httpStatus: status) == failure)
    }

    @Test func `only messages that may join a turn do`() {
        #expect(TurnKind.allCases.filter(\.canSteer) == [.send, .nudge, .wrapUp])
    }

    @Test func `a status is settled or not`() {
        #expect(TurnStatus.allCases.filter { !$0.isSettled } == [.queued, .submitting, .running])
    }

    @Test func `without an orchestrator the report decides, for so many turns`() {
        #expect(CompletionRules.afterReport(isComplete: true, turnsTaken: 99, maxTurns: 3) == .close)
        #expect(CompletionRules.afterReport(isComplete: false, turnsTaken: 2, maxTurns: 3) == .goOn)
        #expect(CompletionRules.afterReport(isComplete: false, turnsTaken: 3, maxTurns: 3) == .stall)
    }

    @Test func `a digest is due a time after its first fact, and never without one`() {
        #expect(DigestRules.dueMs(firstPendingMs: nil, debounceMs: 3_000) == nil)
        #expect(DigestRules.dueMs(firstPendingMs: 10, debounceMs: 3_000) == 3_010)
    }

    @Test func `I9: policy approves only when a person has switched both on`() {
        #expect(ApprovalRules.approvesByPolicy(dangerous: true, autopilot: true))
        #expect(!ApprovalRules.approvesByPolicy(dangerous: true, autopilot: false))
        #expect(!ApprovalRules.approvesByPolicy(dangerous: false, autopilot: true))
        #expect(!ApprovalRules.approvesByPolicy(dangerous: false, autopilot: false))
    }

    @Test func `an agent takes messages while it lives and stands somewhere`() {
        #expect(AgentPhase.allCases.filter(\.takesTurns) == [.ready, .stalled, .wrappingUp])
    }
}
