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

    /// Classifies Codex's `codexErrorInfo`.
    ///
    /// Source: app-server schema `CodexErrorInfo` of codex 0.163; behaviour as measured (design/codex.md section 5). A connection that fails
    /// with 401 or 403 was refused, however Codex wraps it; a 404 is a wrong address. 429 and the rest pass.
    ///
    /// - Parameters:
    ///   - codexErrorInfo: the string, or the only key of the object.
    ///   - httpStatus: its `httpStatusCode`, if it has one.
    package init(codexErrorInfo: String?, httpStatus: Int? = nil) {
        switch codexErrorInfo {
        case "usageLimitExceeded": self = .usageLimit
        case "httpConnectionFailed", "responseStreamConnectionFailed", "responseStreamDisconnected",
            "responseTooManyFailedAttempts":
            self = [400, 401, 403, 404, 422].contains(httpStatus) ? .refused : .temporary
        case "rateLimitExceeded", "serverOverloaded", "flexUnavailable", "internalServerError": self = .temporary
        case "contextWindowExceeded": self = .contextWindow
        // A session's own budget does not come back by waiting, and must not hold all the others.
        case "cyberPolicy", "misalignmentPolicyViolation", "badRequest", "unauthorized", "sandboxError",
            "tooManyDenials",
            "sessionBudgetExceeded":
            self = .refused
        default: self = .other
        }
    }
}
