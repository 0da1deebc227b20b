import NIOCore
import NIOPosix
import OrchCore

/// One HTTP exchange on loopback, byte by byte: it shows cut streams as they are.
struct HTTPExchange {
    var status: Int
    var head: String
    var body: String
    /// Whether the body came to its end.
    var isWhole: Bool

    /// Sends a request and reads until the server closes the connection.
    static func post(_ port: Int, _ bytes: [UInt8], path: String = "/v1/responses", headers: [String: String] = [:])
        async throws -> HTTPExchange
    {
        var head = "POST \(path) HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\ncontent-length: \(bytes.count)\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        return try await send(port, Array((head + "\r\n").utf8) + bytes)
    }

    /// Asks for a path.
    static func get(_ port: Int, _ path: String) async throws -> HTTPExchange {
        try await send(port, Array("GET \(path) HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n".utf8))
    }

    /// Sends a request, reads until `text` came, and leaves.
    static func leave(_ port: Int, after text: String, _ body: JSONValue, thread: String) async throws {
        let bytes = Array(body.canonicalText.utf8)
        let head =
            "POST /v1/responses HTTP/1.1\r\nhost: x\r\nthread-id: \(thread)\r\ncontent-length: \(bytes.count)\r\n\r\n"
        _ = try await talk(port, Array(head.utf8) + bytes) { $0.contains(text) }
    }

    private static func send(_ port: Int, _ bytes: [UInt8]) async throws -> HTTPExchange {
        HTTPExchange(raw: try await talk(port, bytes) { _ in false })
    }

    private static func talk(_ port: Int, _ bytes: [UInt8], until isEnough: @Sendable (String) -> Bool) async throws
        -> String
    {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connect(
            host: "127.0.0.1",
            port: port
        ) { channel in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
            }
        }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(bytes: bytes))
            var raw = ""
            do {
                for try await buffer in inbound {
                    raw += String(buffer: buffer)
                    if isEnough(raw) { break }
                }
            } catch is IOError {}  // a connection that was reset is cut: what came counts
            return raw
        }
    }

    init(raw: String) {
        let parts = raw.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        head = String(parts.first ?? "").lowercased()
        status = Int(raw.split(separator: " ").dropFirst().first ?? "") ?? 0
        let rest = parts.count > 1 ? parts[1] : ""
        guard head.contains("transfer-encoding: chunked") else {
            body = String(rest)
            isWhole = true
            return
        }
        (body, isWhole) = Self.unchunk(Array(rest.utf8))
    }

    private static func unchunk(_ bytes: [UInt8]) -> (String, Bool) {
        var out: [UInt8] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: 13),
            let size = Int(String(decoding: rest[..<end], as: UTF8.self), radix: 16)
        {
            if size == 0 { return (String(decoding: out, as: UTF8.self), true) }
            rest = rest[(end + 2)...]
            out += rest.prefix(size)
            rest = rest.dropFirst(size + 2)
        }
        return (String(decoding: out, as: UTF8.self), false)
    }
}
