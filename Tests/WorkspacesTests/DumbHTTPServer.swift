import Dispatch
import Glibc
import Synchronization

/// A small HTTP server on the loopback: answers each request with what a closure says, and closes the connection.
///
/// Enough for git's "dumb" protocol, for logins and for errors.
final class DumbHTTPServer: Sendable {
    struct Answer: Sendable {
        var status: String
        var headers: [String] = []
        var body = ""
    }

    let port: UInt16
    private let socket: Int32
    private let heads = Mutex<[String]>([])

    /// Starts it.
    ///
    /// - Parameter answer: is given a request's head.
    /// - Throws: `FixtureError` when there is no port for it.
    init(_ answer: @escaping @Sendable (String) -> Answer) throws {
        let listener = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, size) == 0 && listen(listener, 16) == 0 && getsockname(listener, $0, &size) == 0
            }
        }
        guard bound else { throw FixtureError(description: "no port: \(String(cString: strerror(errno)))") }
        port = UInt16(bigEndian: address.sin_port)
        socket = listener
        DispatchQueue(label: "DumbHTTPServer").async { [weak self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                if let self { serve(connection, answer) }
                close(connection)
            }
        }
    }

    /// The heads of all requests so far.
    var requests: [String] { heads.withLock { $0 } }

    deinit {
        // Ends the wait for the next connection.
        shutdown(socket, Int32(SHUT_RDWR))
        close(socket)
    }

    private func serve(_ connection: Int32, _ answer: (String) -> Answer) {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        var head = ""
        while !head.contains("\r\n\r\n") {
            let count = Glibc.read(connection, &buffer, buffer.count)
            guard count > 0 else { return }
            bytes += buffer[..<count]
            head = String(decoding: bytes, as: UTF8.self)
        }
        heads.withLock { $0.append(head) }
        let answer = answer(head)
        let length = "Content-Length: \(answer.body.utf8.count)"
        let lines = ["HTTP/1.1 \(answer.status)"] + answer.headers + [length, "Connection: close", "", answer.body]
        let text = Array(lines.joined(separator: "\r\n").utf8)
        _ = text.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        shutdown(connection, Int32(SHUT_WR))
    }
}
