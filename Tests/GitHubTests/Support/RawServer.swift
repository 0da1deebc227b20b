import Foundation
import Glibc
import Synchronization

/// A server of bare sockets on 127.0.0.1, so that a test decides about each byte and each reset.
///
/// Each connection gets a thread, which runs the test's script with the connection and its number from 0.
final class RawServer: Sendable {
    let port: Int
    private let descriptor: Int32
    private let state = Mutex<(connections: Int, requests: [String])>((0, []))

    /// How many connections came.
    var connections: Int { state.withLock { $0.connections } }
    /// `0 GET /path BODY` of each whole request, the number being the connection's.
    var requests: [String] { state.withLock { $0.requests } }
    var url: String { "http://127.0.0.1:\(port)" }

    init(_ script: @escaping @Sendable (RawConnection, Int) -> Void) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 16) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isBound else { throw RawServerError() }
        self.descriptor = descriptor
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [self] in accept(script) }
    }

    /// Ends listening: whoever connects from now on is refused.
    ///
    /// The thread that accepts closes the socket, so that its number is not another one's while that thread still uses it.
    func stop() {
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    private func accept(_ script: @escaping @Sendable (RawConnection, Int) -> Void) {
        while true {
            let client = Glibc.accept(descriptor, nil, nil)
            guard client >= 0 else {
                close(descriptor)
                return
            }
            var limit = timeval(tv_sec: 20, tv_usec: 0)
            setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
            let number = state.withLock { state in
                state.connections += 1
                return state.connections - 1
            }
            Thread.detachNewThread { [self] in
                let connection = RawConnection(client) { request in
                    self.state.withLock { $0.requests.append("\(number) \(request)") }
                }
                script(connection, number)
                connection.end()
            }
        }
    }
}

struct RawServerError: Error {}

/// One connection of a `RawServer`, on a thread of its own.
final class RawConnection {
    private let descriptor: Int32
    private let heard: (String) -> Void
    private var isOpen = true
    private var buffer: [UInt8] = []

    init(_ descriptor: Int32, heard: @escaping (String) -> Void) {
        self.descriptor = descriptor
        self.heard = heard
    }

    /// Reads a whole request; nil when the other side ends first.
    @discardableResult
    func request() -> String? {
        guard let head = read(until: "\r\n\r\n") else { return nil }
        let lines = head.split(separator: "\r\n")
        let length = lines.first { $0.lowercased().hasPrefix("content-length:") }.flatMap {
            Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces))
        }
        guard let body = read(count: length ?? 0) else { return nil }
        let start = lines.first?.split(separator: " ").prefix(2).joined(separator: " ") ?? ""
        heard(body.isEmpty ? start : "\(start) \(body)")
        return head + body
    }

    func write(_ text: String) { write(bytes: Array(text.utf8)) }

    func write(bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }

    /// Answers with JSON and its length.
    func answer(_ json: String, status: String = "200 OK", headers: String = "") {
        write(
            "HTTP/1.1 \(status)\r\ncontent-type: application/json\r\n\(headers)content-length: \(json.utf8.count)\r\n\r\n\(json)"
        )
    }

    /// Waits until the other side closes.
    func waitForEnd() {
        var byte: UInt8 = 0
        while recv(descriptor, &byte, 1, 0) > 0 {}
    }

    /// Closes with a reset, as when a machine fails.
    func reset() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
        end()
    }

    /// Closes.
    func end() {
        guard isOpen else { return }
        isOpen = false
        close(descriptor)
    }

    private func read(until mark: String) -> String? {
        let mark = Array(mark.utf8)
        while true {
            if let range = buffer.firstRange(of: mark) {
                defer { buffer.removeSubrange(..<range.upperBound) }
                return String(decoding: buffer[..<range.lowerBound], as: UTF8.self)
            }
            guard fill() else { return nil }
        }
    }

    private func read(count: Int) -> String? {
        while buffer.count < count { guard fill() else { return nil } }
        defer { buffer.removeFirst(count) }
        return String(decoding: buffer.prefix(count), as: UTF8.self)
    }

    private func fill() -> Bool {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &chunk, chunk.count, 0)
        guard count > 0 else { return false }
        buffer += chunk.prefix(count)
        return true
    }
}
