import OrchCore
import Synchronization

@testable import GitHub

/// A transport in memory: gives the answers of a script, one after the other, and remembers what was asked.
final class ScriptedTransport: HTTPTransport {
    /// What comes back.
    enum Step: Sendable {
        case answer(HTTPResponse)
        case fail(TransportError)
    }

    private struct State {
        var steps: [Step]
        var requests: [HTTPRequest] = []
    }

    private let state: Mutex<State>

    init(_ steps: [Step]) {
        state = Mutex(State(steps: steps))
    }

    /// What was asked, in order.
    var requests: [HTTPRequest] { state.withLock { $0.requests } }
    /// `GET https://…` of each request.
    var lines: [String] { requests.map { "\($0.method.rawValue) \($0.url)" } }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let step: Step? = state.withLock {
            $0.requests.append(request)
            return $0.steps.isEmpty ? nil : $0.steps.removeFirst()
        }
        switch step {
        case .answer(let response): return response
        case .fail(let error): throw error
        case nil:
            throw TransportError(
                .notSent,
                .noConnection,
                "the script has no answer for \(request.method) \(request.url)"
            )
        }
    }
}

extension ScriptedTransport.Step {
    /// An answer with JSON.
    static func json(_ json: JSONValue, _ headers: [String: String] = [:]) -> Self { .json(200, json, headers) }

    /// An answer with a status and JSON.
    static func json(_ status: Int, _ json: JSONValue, _ headers: [String: String] = [:]) -> Self {
        .answer(
            HTTPResponse(
                status: status,
                headers: [.init("Content-Type", "application/json; charset=utf-8")]
                    + headers.map { .init($0.key, $0.value) },
                body: json.canonicalBytes
            )
        )
    }

    /// An answer with a text.
    static func text(_ status: Int, _ text: String, _ headers: [String: String] = [:]) -> Self {
        .answer(HTTPResponse(status: status, headers: headers.map { .init($0.key, $0.value) }, body: Array(text.utf8)))
    }

    /// A refusal with GitHub's words.
    static func refusal(_ status: Int, _ message: String, _ headers: [String: String] = [:]) -> Self {
        json(status, ["message": .string(message)], headers)
    }
}
