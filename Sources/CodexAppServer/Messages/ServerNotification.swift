import OrchCore

/// What the server tells, as far as the hub cares.
package enum ServerNotification: Sendable, Hashable {
    case threadStarted(ThreadStarted)
    case threadStatusChanged(ThreadStatusChanged)
    case threadClosed(ThreadClosed)
    case turnStarted(TurnStarted)
    case turnCompleted(TurnCompleted)
    case itemStarted(ItemStarted)
    case itemCompleted(ItemCompleted)
    case turnError(TurnErrorNotice)
    case tokenUsageUpdated(TokenUsageUpdated)
    case rateLimitsUpdated(RateLimits)
    case warning(Warning)
    case requestResolved(RequestResolved)
    /// Anything else.
    case other(method: String)

    /// Reads a notification; nil when one that is known lacks what makes it useful.
    init?(method: String, params: JSONValue) {
        let known: ServerNotification? =
            switch method {
            case "thread/started": ThreadStarted(params).map { .threadStarted($0) }
            case "thread/status/changed": ThreadStatusChanged(params).map { .threadStatusChanged($0) }
            case "thread/closed": ThreadClosed(params).map { .threadClosed($0) }
            case "turn/started": TurnStarted(params).map { .turnStarted($0) }
            case "turn/completed": TurnCompleted(params).map { .turnCompleted($0) }
            case "item/started": ItemStarted(params).map { .itemStarted($0) }
            case "item/completed": ItemCompleted(params).map { .itemCompleted($0) }
            case "error": TurnErrorNotice(params).map { .turnError($0) }
            case "thread/tokenUsage/updated": TokenUsageUpdated(params).map { .tokenUsageUpdated($0) }
            case "account/rateLimits/updated": RateLimits(params["rateLimits"]).map { .rateLimitsUpdated($0) }
            case "warning", "configWarning", "deprecationNotice", "guardianWarning", "model/rerouted":
                .warning(Warning(method: method, params))
            case "serverRequest/resolved": RequestResolved(params).map { .requestResolved($0) }
            default: .other(method: method)
            }
        guard let known else { return nil }
        self = known
    }
}
