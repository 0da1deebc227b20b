import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOSSL
import OrchCore

/// HTTP/1.1 with async-http-client: reads on connections that are kept, each write on a fresh one that is closed after it.
///
/// A kept connection may have been closed by the other side without this side knowing yet. A client that then sends the request again by
/// itself, as libcurl and URLSession do (measured), may do a write twice. This one sends nothing twice; and on a fresh connection the case
/// can't arise. HTTP/2 would share one connection between all requests, and is not used for that reason.
///
/// `shutdown()` must be called before the last reference goes.
package final class AsyncHTTPTransport: HTTPTransport {
    private let reads: HTTPClient
    private let writes: HTTPClient
    private let limits: TransportLimits

    /// A transport.
    ///
    /// - Parameters:
    ///   - limits: its limits.
    ///   - certificates: a file with certificates to trust beside the system's, as `SSL_CERT_FILE` names one, for an Enterprise Server whose
    ///     certificate the company itself has signed.
    package init(limits: TransportLimits = TransportLimits(), certificates: String? = nil) {
        self.limits = limits
        var configuration = HTTPClient.Configuration()
        configuration.httpVersion = .http1Only
        configuration.redirectConfiguration = .disallow
        configuration.timeout.connect = TimeAmount(limits.connect)
        configuration.decompression = .enabled(limit: .size(limits.bodyBytes))
        configuration.connectionPool.idleTimeout = TimeAmount(limits.idle)
        // The gate decides when to try again, with growing pauses; here a failure is told at once.
        configuration.connectionPool.retryConnectionEstablishment = false
        if let certificates {
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.additionalTrustRoots = [.file(certificates)]
            configuration.tlsConfiguration = tls
        }
        reads = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        configuration.maximumUsesPerConnection = 1
        writes = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Ends all connections.
    ///
    /// - Throws: what async-http-client says when it was shut down already.
    package func shutdown() async throws {
        try await reads.shutdown()
        try await writes.shutdown()
    }

    package func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let body = request.body.map(WatchedBody.init)
        var out = HTTPClientRequest(url: request.url)
        out.method = HTTPMethod(rawValue: request.method.rawValue)
        for header in request.headers { out.headers.add(name: header.name, value: header.value) }
        out.headers.replaceOrAdd(name: "accept-encoding", value: "gzip")
        if request.isWrite { out.headers.replaceOrAdd(name: "connection", value: "close") }
        if let body, let count = request.body?.count { out.body = .stream(body, length: .known(Int64(count))) }
        let client = request.isWrite ? writes : reads
        do {
            return try await exchange(out, on: client)
        } catch {
            var failure = TransportError(error, isCancelled: Task.isCancelled)
            if let host = WebAddress(request.url)?.hostText { failure.message = "\(host): \(failure.message)" }
            if let body, !body.wasStarted {
                failure.fate = .notSent
                if failure.reason == .connectionLost { failure.reason = .noConnection }
            }
            throw failure
        }
    }

    /// Sends it and reads the whole answer, within the time limit.
    private func exchange(_ request: HTTPClientRequest, on client: HTTPClient) async throws -> HTTPResponse {
        let limits = self.limits
        return try await withThrowingTaskGroup(of: HTTPResponse.self) { group in
            group.addTask {
                let response = try await client.execute(request, deadline: .now() + TimeAmount(limits.request))
                let body = try await response.body.collect(upTo: limits.bodyBytes)
                // A body that is cancelled in the middle looks as if it had ended.
                try Task.checkCancellation()
                let headers = response.headers.map { HTTPRequest.Header($0.name, $0.value) }
                return HTTPResponse(
                    status: Int(response.status.code),
                    headers: headers,
                    body: Array(body.readableBytesView)
                )
            }
            group.addTask {
                // async-http-client's own deadline ends with the head of the answer.
                try await Task.sleep(for: limits.request)
                throw HTTPClientError.deadlineExceeded
            }
            defer { group.cancelAll() }
            guard let response = try await group.next() else { throw CancellationError() }
            return response
        }
    }
}
