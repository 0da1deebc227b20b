/// The way to GitHub: takes one request there, and brings one answer back.
package protocol HTTPTransport: Sendable {
    /// Sends a request once, and waits for the whole answer, whatever its status.
    ///
    /// It is never sent a second time, and redirects are not followed.
    ///
    /// - Throws: `TransportError`, whose `fate` is `notSent` only when that is sure.
    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse
}
