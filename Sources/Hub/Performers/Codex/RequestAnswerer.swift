import CodexAppServer
import OrchCore

/// Performs `request.answer`.
///
/// Codex ignores an answer to a request that is settled, so it may be sent again.
struct RequestAnswerer {
    private let context: PerformerContext

    init(_ context: PerformerContext) {
        self.context = context
    }

    func perform(_ it: Effect.Answer) -> EffectResult {
        guard let live = context.link.live else { return .unconnected }
        guard live.server == it.server else {
            return .failed(code: .serverGone, reason: "the app-server that asked is gone")
        }
        guard let id = RequestID(text: it.request) else {
            return .failed(code: .other, reason: "\(it.request) is no id of a request")
        }
        do {
            if let text = it.result {
                try live.client.connection.respond(id, try result(text, of: id))
            } else {
                try live.client.connection.reject(id, message: it.message ?? "refused by orch")
            }
            return .done(.nothing)
        } catch let error as AppServerError {
            return EffectResult(error)
        } catch {
            return .failed(code: .other, reason: "the answer is no JSON: \(error)")
        }
    }

    /// The answer in the form that the request wants.
    private func result(_ text: String, of id: RequestID) throws -> JSONValue {
        let answer = try JSONValue(parsing: text)
        guard let request = context.link.permission(id), let decision = answer["decision"]?.stringValue else {
            return answer
        }
        return request.result(decision == "accept" ? .accept : .decline)
    }
}
