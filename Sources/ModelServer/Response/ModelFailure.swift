package import OrchCore

/// How a response goes wrong.
///
/// What Codex makes of each stands in the design's `codex.md`, section 5.
package enum ModelFailure: Sendable, Hashable {
    /// An HTTP status instead of a stream.
    case http(status: Int, headers: [String: String], body: JSONValue)
    /// The connection is cut in the middle of the last step.
    case cut
    /// The stream says nothing more in the middle of the last step, until the client gives up or `limit` is over.
    case silence(limit: Duration)
    /// `response.failed` after the steps.
    case failed(code: String, message: String)
    /// `response.incomplete` after the steps.
    case incomplete(reason: String)

    /// 500: Codex tries again by itself.
    package static let serverError = ModelFailure.http(
        status: 500,
        headers: [:],
        body: error(type: "server_error", "The scripted server had an error")
    )
    /// 503: the model is overloaded.
    package static let overloaded = ModelFailure.http(
        status: 503,
        headers: [:],
        body: error(type: "server_error", code: "server_is_overloaded", "Our servers are overloaded")
    )
    /// 401: the key is not accepted.
    package static let unauthorised = ModelFailure.http(
        status: 401,
        headers: [:],
        body: error(type: "invalid_request_error", code: "invalid_api_key", "Incorrect API key")
    )
    /// 400: the request is refused.
    package static let badRequest = ModelFailure.http(
        status: 400,
        headers: [:],
        body: error(type: "invalid_request_error", "The scripted server refuses this request")
    )
    /// `response.failed`: the conversation is too long for the model.
    package static let contextLength = ModelFailure.failed(
        code: "context_length_exceeded",
        message: "Your input exceeds the context window of this model."
    )

    /// 429: too many requests.
    package static func rateLimited(retryAfterSeconds: Int = 1) -> ModelFailure {
        .http(
            status: 429,
            headers: ["retry-after": String(retryAfterSeconds)],
            body: error(type: "requests", code: "rate_limit_exceeded", "Rate limit reached")
        )
    }

    /// 429: the account's limit is used up until a time.
    ///
    /// The time is in seconds since 1970.
    package static func usageLimit(resetsAt: Int64) -> ModelFailure {
        let body: [String: JSONValue] = [
            "type": "usage_limit_reached", "message": "The usage limit has been reached", "plan_type": "plus",
            "resets_at": .integer(resetsAt),
        ]
        return .http(
            status: 429,
            headers: ModelResponse.rateLimitHeaders(usedPercent: 100, resetsAt: resetsAt),
            body: .object(["error": .object(body)])
        )
    }

    private static func error(type: String, code: String? = nil, _ message: String) -> JSONValue {
        .object(["error": .object(["type": .string(type), "code": .text(code), "message": .string(message)])])
    }
}
