import CodexAppServer
import OrchCore
import Synchronization

/// An app-server that answers from a script, without a process: method by method, and notes what it was asked.
final class ScriptedTransport: Transport {
    /// What is answered to a request: a result, or an error's text.
    enum Answer { case result(JSONValue), error(String), silence }

    private struct State {
        var receive: (@Sendable (TransportEvent) -> Void)?
        var asked: [JSONValue] = []
    }

    private let state = Mutex(State())
    private let answer: @Sendable (_ method: String, _ params: JSONValue) -> Answer

    init(_ answer: @escaping @Sendable (String, JSONValue) -> Answer = { _, _ in .silence }) {
        self.answer = answer
    }

    /// The methods that were asked for, without the handshake.
    var methods: [String] {
        state.withLock { $0.asked }.compactMap { $0["method"]?.stringValue }.filter { !$0.hasPrefix("initialize") }
    }

    /// Everything that was sent.
    var sent: [JSONValue] { state.withLock { $0.asked } }

    func open(_ receive: @escaping @Sendable (TransportEvent) -> Void) async throws(AppServerError) {
        state.withLock { $0.receive = receive }
    }

    func send(_ message: [UInt8]) throws(AppServerError) {
        guard let json = try? JSONValue(parsing: message) else { return }
        state.withLock { $0.asked.append(json) }
        guard let method = json["method"]?.stringValue, let id = json["id"] else { return }
        if method == "initialize" { return say(["id": id, "result": ["userAgent": "orch/9.8.7 (scripted)"]]) }
        switch answer(method, json["params"] ?? .null) {
        case .result(let result): say(["id": id, "result": result])
        case .error(let text): say(["id": id, "error": ["code": -32600, "message": .string(text)]])
        case .silence: break
        }
    }

    /// Says something unasked.
    func say(_ message: JSONValue) {
        state.withLock { $0.receive }?(.message(Array(message.canonicalText.utf8)))
    }

    func setReading(_ isReading: Bool) {}

    func close() { state.withLock { $0.receive }?(.closed("closed by the test")) }

    /// A connection over this transport.
    func connect() async throws -> AppServerConnection { try await AppServerConnection.connect(self) }
}
