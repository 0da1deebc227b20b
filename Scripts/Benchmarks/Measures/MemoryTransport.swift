import CodexAppServer
import OrchCore
import Synchronization

/// An app-server without a process: its bytes come from memory.
final class MemoryTransport: Transport {
    /// In a structure, for a bare function in a generic container gets one more wrapper with each access.
    private struct Receiver {
        var receive: (@Sendable (TransportEvent) -> Void)?
    }

    private let receiver = Mutex(Receiver())

    func open(_ receive: @escaping @Sendable (TransportEvent) -> Void) async throws(AppServerError) {
        receiver.withLock { $0.receive = receive }
    }

    /// Answers the handshake; nothing else is asked.
    func send(_ message: [UInt8]) throws(AppServerError) {
        guard let json = try? JSONValue(parsing: message), let id = json["id"] else { return }
        receive(Array((["id": id, "result": ["userAgent": "orch/0.163.0 (bench)"]] as JSONValue).canonicalText.utf8))
    }

    /// Bytes of one message arrive.
    func receive(_ bytes: [UInt8]) {
        receiver.withLock { $0.receive }?(.message(bytes))
    }

    func setReading(_ isReading: Bool) {}

    func close() {
        receiver.withLock { $0.receive }?(.closed("closed"))
    }
}
