import NIOCore
import Synchronization

/// A request's body that notices when its first byte is handed to a connection.
///
/// async-http-client asks for the body only after it has a connection and has written the head. As long as it has not asked, no server has
/// the whole request, and a request that is not whole is not acted on (RFC 9112, section 8).
final class WatchedBody: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    private let bytes: ByteBuffer
    private let started = Atomic(false)

    init(_ bytes: [UInt8]) {
        self.bytes = ByteBuffer(bytes: bytes)
    }

    /// Whether a part of it may have been sent.
    var wasStarted: Bool { started.load(ordering: .acquiring) }

    func makeAsyncIterator() -> Iterator {
        started.store(true, ordering: .releasing)
        return Iterator(next: bytes)
    }

    /// Gives the one part.
    struct Iterator: AsyncIteratorProtocol {
        fileprivate var next: ByteBuffer?

        mutating func next() async -> ByteBuffer? {
            defer { next = nil }
            return next
        }
    }
}
