import Glibc
import NIOCore
import NIOPosix
import OrchCore

/// One HTTP exchange on a connection of its own, byte by byte: it shows resets and cut bodies as they are.
struct Exchange: Sendable {
    /// How the connection ended.
    enum Ending: Sendable { case closed, reset }

    /// 0 if no answer came.
    var status = 0
    var headers: [String: String] = [:]
    var body = ""
    var ending = Ending.closed

    /// The body as JSON; null if it is none.
    var json: JSONValue { (try? JSONValue(parsing: body)) ?? .null }
    /// Whether all of the body came.
    var isWhole: Bool { headers["content-length"].map { Int($0) == body.utf8.count } ?? body.isEmpty }
    /// The address of the next page.
    var next: String? {
        headers["link"]?.split(separator: ",").first { $0.contains("rel=\"next\"") }.map {
            String($0.drop { $0 != "<" }.dropFirst().prefix { $0 != ">" })
        }
    }

    /// Sends a request and reads until the server closes the connection.
    static func send(_ port: Int, _ method: String, _ path: String, headers: [String: String], body: String = "")
        async throws -> Exchange
    {
        var head = "\(method) \(path) HTTP/1.1\r\nhost: 127.0.0.1:\(port)\r\nconnection: close\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        head += "content-length: \(body.utf8.count)\r\n\r\n"
        return try await talk(port, head + body)
    }

    private static func talk(_ port: Int, _ text: String) async throws -> Exchange {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connect(
            host: "127.0.0.1",
            port: port
        ) { channel in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
            }
        }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: text))
            var raw: [UInt8] = []
            var ending = Ending.closed
            do {
                for try await buffer in inbound { raw += Array(buffer.readableBytesView) }
            } catch let error as IOError where error.errnoCode == ECONNRESET {
                ending = .reset
            }
            return Exchange(raw, ending)
        }
    }

    private init(_ raw: [UInt8], _ ending: Ending) {
        self.ending = ending
        let text = String(decoding: raw, as: UTF8.self)
        guard let blank = text.firstRange(of: "\r\n\r\n") else { return }
        body = String(text[blank.upperBound...])
        for (index, line) in text[..<blank.lowerBound].split(separator: "\r\n").enumerated() {
            if index == 0 {
                status = Int(line.split(separator: " ").dropFirst().first ?? "") ?? 0
                continue
            }
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            headers[parts[0].lowercased()] = String(parts[1].drop { $0 == " " })
        }
    }
}
