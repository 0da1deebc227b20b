/// What a failed turn means for the next one.
package enum TurnFailure: String, Sendable, Hashable, CaseIterable {
    /// The account's limit is used up: everything waits, and it is no failed attempt.
    case usageLimit = "usage_limit"
    /// The model's service is busy or out of reach: try again later.
    case temporary
    /// The conversation does not fit the model any more.
    case contextWindow = "context_window"
    /// The model's service refuses the request itself; the same again would be refused again.
    case refused
    /// Anything else; worth a bounded number of tries.
    case other

    /// Classifies Codex's `codexErrorInfo` (the string, or the only key of the object).
    ///
    /// Source: app-server schema `CodexErrorInfo`; behaviour measured with codex 0.163 (design/codex.md section 5).
    package init(codexErrorInfo: String?) {
        switch codexErrorInfo {
        case "usageLimitExceeded", "sessionBudgetExceeded": self = .usageLimit
        case "rateLimitExceeded", "serverOverloaded", "responseTooManyFailedAttempts", "httpConnectionFailed",
            "responseStreamConnectionFailed", "responseStreamDisconnected", "internalServerError":
            self = .temporary
        case "contextWindowExceeded": self = .contextWindow
        case "cyberPolicy", "badRequest", "unauthorized", "sandboxError": self = .refused
        default: self = .other
        }
    }
}
