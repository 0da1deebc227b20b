package import OrchCore

/// What the server asks.
///
/// It waits without limit, also while no client is connected, and asks each client that resumes the thread again, with
/// the same id.
package enum ServerRequest: Sendable, Hashable {
    case approval(ApprovalRequest)
    case toolCall(ToolCallRequest)
    /// Anything else: to be rejected at once, since codex waits.
    case unknown(UnknownRequest)

    init(id: RequestID, method: String, params: JSONValue) {
        if let approval = ApprovalRequest(id: id, method: method, params) {
            self = .approval(approval)
        } else if let call = ToolCallRequest(id: id, method: method, params) {
            self = .toolCall(call)
        } else {
            self = .unknown(UnknownRequest(id: id, method: method, params: params))
        }
    }

    /// The request's id.
    package var id: RequestID {
        switch self {
        case .approval(let request): request.id
        case .toolCall(let request): request.id
        case .unknown(let request): request.id
        }
    }
}

/// A request that this hub knows nothing of.
package struct UnknownRequest: Sendable, Hashable {
    package var id: RequestID
    package var method: String
    package var params: JSONValue
}
