/// What a scenario answers.
package struct ModelResponse: Sendable, Hashable {
    /// What the model says and asks for, in this order.
    package var steps: [ModelStep]
    /// What goes wrong, if anything.
    package var failure: ModelFailure?
    /// What it cost; nil estimates it.
    package var usage: TokenUsage?
    /// The speed; nil is the server's.
    package var pace: Pace?
    /// Headers of the answer, such as the account's rate limits.
    package var headers: [String: String]

    /// Makes an answer.
    package init(
        _ steps: [ModelStep],
        failure: ModelFailure? = nil,
        usage: TokenUsage? = nil,
        pace: Pace? = nil,
        headers: [String: String] = [:]
    ) {
        self.steps = steps
        self.failure = failure
        self.usage = usage
        self.pace = pace
        self.headers = headers
    }

    /// A message alone.
    package static func message(_ text: String) -> ModelResponse { ModelResponse([.message(text)]) }
    /// A shell command alone.
    package static func exec(_ command: String) -> ModelResponse { ModelResponse([.exec(command)]) }
    /// A failure alone.
    package static func failure(_ failure: ModelFailure) -> ModelResponse { ModelResponse([], failure: failure) }

    /// The headers from which Codex reads how much of the account's limit is used.
    ///
    /// - Parameters:
    ///   - usedPercent: of the primary window.
    ///   - windowMinutes: the length of that window.
    ///   - resetsAt: when it begins anew, in seconds since 1970.
    /// - Returns: the headers.
    package static func rateLimitHeaders(usedPercent: Int, windowMinutes: Int = 300, resetsAt: Int64? = nil) -> [String:
        String]
    {
        var headers = [
            "x-codex-primary-used-percent": String(usedPercent),
            "x-codex-primary-window-minutes": String(windowMinutes),
        ]
        if let resetsAt { headers["x-codex-primary-reset-at"] = String(resetsAt) }
        return headers
    }
}
