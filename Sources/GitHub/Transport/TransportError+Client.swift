import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTPCompression
import NIOPosix
import NIOSSL
import OrchCore

extension TransportError {
    /// Reads an error of async-http-client.
    ///
    /// `notSent` only for what can't happen but before a connection is ready; all that is not known is `unknown`.
    init(_ error: any Error, isCancelled: Bool) {
        let words = SafeText.line(Clip.characters(String(describing: error), 200))
        switch error {
        case is CancellationError: self.init(.unknown, .cancelled, "nobody waits for the answer any more")
        case _ where isCancelled: self.init(.unknown, .cancelled, "nobody waits for the answer any more")
        case is NIOTooManyBytesError, NIOHTTPDecompression.DecompressionError.limit:
            self.init(.unknown, .tooLarge, "the answer is larger than the limit")
        case is NIOConnectionError: self.init(.notSent, .noConnection, Self.words(of: error, words))
        case let error as HTTPClientError: self.init(client: error, words)
        case let error as NIOSSLError:
            switch error {
            case .handshakeFailed, .unableToValidateCertificate, .noCertificateToValidate, .cannotMatchULabel,
                .noSuchFilesystemObject, .failedToLoadCertificate:
                self.init(.notSent, .noConnection, "no secure connection: \(words)")
            default: self.init(.unknown, .connectionLost, "the connection ended: \(words)")
            }
        case is NIOSSLExtraError: self.init(.notSent, .noConnection, "no secure connection: \(words)")
        case let error as IOError where error.errnoCode == ECONNREFUSED:
            self.init(.notSent, .noConnection, "the connection is refused")
        case is IOError, is ChannelError: self.init(.unknown, .connectionLost, "the connection ended: \(words)")
        default: self.init(.unknown, .malformed, "the answer can't be read: \(words)")
        }
    }

    private init(client error: HTTPClientError, _ words: String) {
        switch error {
        case .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout:
            self.init(.notSent, .timedOut, "no connection in time")
        case .invalidURL, .emptyHost, .emptyScheme, .alreadyShutdown: self.init(.notSent, .noConnection, words)
        case .deadlineExceeded, .readTimeout, .writeTimeout: self.init(.unknown, .timedOut, "no whole answer in time")
        case .remoteConnectionClosed:
            self.init(.unknown, .connectionLost, "the connection was closed before the whole answer")
        case .cancelled: self.init(.unknown, .cancelled, "nobody waits for the answer any more")
        default: self.init(.unknown, .malformed, "the answer can't be read: \(words)")
        }
    }

    private static func words(of error: any Error, _ words: String) -> String {
        guard let error = error as? NIOConnectionError else { return words }
        guard let first = error.connectionErrors.first else { return "the host is not found" }
        return "no connection: \(SafeText.line(Clip.characters(String(describing: first.error), 200)))"
    }
}
