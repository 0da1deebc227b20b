import Logging
import OrchCore
import Synchronization

/// The inside of a connection: what the receiving thread works with, before and after the handshake.
final class Core: Sendable {
    let queue: IncomingQueue
    private let transport: any Transport
    private let options: ConnectionOptions
    private let logger: Logger
    private let pending = PendingRequests()
    private let faults = Mutex(0)
    /// Methods of which the log was told that they are not known.
    private let unknown = Mutex<Set<String>>([])

    init(transport: any Transport, options: ConnectionOptions, logger: Logger) {
        self.transport = transport
        self.options = options
        self.logger = logger
        queue = IncomingQueue(messageLimit: options.waitingMessages, byteLimit: options.waitingBytes) {
            transport.setReading(true)
        }
    }

    var faultCount: Int { faults.withLock { $0 } }

    func request(_ method: String, _ params: JSONValue, timeout: Duration) async throws(AppServerError) -> JSONValue {
        let id = pending.makeID()
        let answer = await pending.wait(id, method: method, timeout: timeout) { () throws(AppServerError) in
            try self.send(["id": .integer(id), "method": .string(method), "params": params])
        }
        return try answer.get()
    }

    func notify(_ method: String) throws(AppServerError) { try send(["method": .string(method)]) }

    func send(_ message: JSONValue) throws(AppServerError) { try transport.send(Array(message.canonicalText.utf8)) }

    func close(_ reason: String) {
        end(reason)  // first, since the transport reports its end with a reason of its own
        transport.close()
    }

    private func end(_ reason: String) {
        pending.end(reason)
        _ = queue.push(.closed(reason: reason), bytes: 0)
    }

    // MARK: the receiving thread

    func receive(_ event: TransportEvent) {
        switch event {
        case .message(let bytes): receive(bytes)
        case .oversized(let prefix, let limit): receiveOversized(prefix, limit: limit)
        case .fault(let text): fault(text)
        case .closed(let reason): end(reason)
        }
    }

    private func receive(_ bytes: [UInt8]) {
        let message: JSONValue
        do throws(JSONParseError) { message = try JSONValue(parsing: bytes) } catch {
            fault("a message of \(bytes.count) bytes is no JSON: \(error)")
            return
        }
        guard let method = message["method"]?.stringValue else {
            receiveAnswer(message)
            return
        }
        let params = message["params"] ?? .null
        if let id = message["id"] {
            guard let id = RequestID(id) else {
                fault("a request \(method) has an id that is neither number nor string")
                return
            }
            let request = ServerRequest(id: id, method: method, params: params)
            if case .unknown = request { logOnce(method, "codex asks for something unknown, which is refused") }
            push(.request(request), bytes: bytes.count)
        } else {
            receiveNotification(method, params, bytes: bytes.count)
        }
    }

    private func receiveNotification(_ method: String, _ params: JSONValue, bytes: Int) {
        guard let notification = ServerNotification(method: method, params: params) else {
            fault("a notification \(method) lacks what makes it one")
            return
        }
        if case .other = notification {
            if !NotificationMethods.isKnown(method) {
                logOnce(method, "codex tells of something unknown, which is left out")
            }
            return
        }
        push(.notification(notification), bytes: bytes)
    }

    private func receiveAnswer(_ message: JSONValue) {
        guard let id = message["id"]?.intValue else {
            fault("a message is neither a notification, a request nor an answer to one of ours")
            return
        }
        let answer: PendingRequests.Answer
        if let error = message["error"], !error.isNull {
            answer = .failure(.refused(pending.method(of: id) ?? "?", error))
        } else if let result = message["result"] {
            answer = .success(result)
        } else {
            fault("an answer to request \(id) has neither result nor error")
            return
        }
        if !pending.settle(id, answer) { logger.debug("codex answered late or unasked", metadata: ["id": "\(id)"]) }
    }

    /// An oversized answer settles its request, as far as its beginning tells which it is.
    private func receiveOversized(_ prefix: [UInt8], limit: Int) {
        let text = String(decoding: prefix, as: UTF8.self)
        if text.hasPrefix("{\"id\":"), let id = Int64(text.dropFirst(6).prefix { $0.isNumber }),
            let method = pending.method(of: id)
        {
            pending.settle(
                id,
                .failure(
                    AppServerError(.tooLarge, "codex answered \(method) with more than \(limit) bytes", method: method)
                )
            )
        }
        fault("a message of more than \(limit) bytes was thrown away; it began with \(text.prefix(80))")
    }

    private func fault(_ text: String) {
        let count = faults.withLock { count in
            count += 1
            return count
        }
        logger.warning("codex said what can't be understood", metadata: ["fault": "\(text)", "count": "\(count)"])
        push(.protocolFault(text), bytes: text.utf8.count)
        if count == options.faults {
            close("more than \(options.faults) messages could not be understood; the last: \(text)")
        }
    }

    private func push(_ message: ServerMessage, bytes: Int) {
        if !queue.push(message, bytes: bytes) { transport.setReading(false) }
    }

    private func logOnce(_ method: String, _ message: Logger.Message) {
        let isNew = unknown.withLock { $0.count < 1_000 && $0.insert(method).inserted }
        if isNew { logger.notice(message, metadata: ["method": "\(method)"]) }
    }
}
