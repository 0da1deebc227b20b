import Glibc

/// A sink on a file descriptor that collects small writes.
///
/// Relies on SIGPIPE being ignored (`main.swift`): a reader that has gone shows as `EPIPE`.
final class DescriptorSink: ByteSink {
    /// Bytes kept back at most before they are written.
    static let capacity = 1 << 16

    private let descriptor: Int32
    private var pending: [UInt8] = []
    /// After the first failure nothing is tried again: a flush at exit must not report it twice.
    private var failure: SinkError?

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(SinkError) {
        if let failure { throw failure }
        if pending.count + bytes.count > Self.capacity { try flush() }
        guard bytes.count <= Self.capacity else { return try send(bytes) }
        pending.append(contentsOf: bytes)
    }

    func flush() throws(SinkError) {
        if let failure { throw failure }
        guard !pending.isEmpty else { return }
        let bytes = pending
        pending.removeAll(keepingCapacity: true)
        let outcome: Result<Void, SinkError> = bytes.withUnsafeBytes { buffer in
            do throws(SinkError) {
                try send(buffer)
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try outcome.get()
    }

    var isRead: Bool {
        // Errors and a hang-up are told without being asked for.
        var poll = pollfd(fd: descriptor, events: 0, revents: 0)
        return Glibc.poll(&poll, 1, 0) <= 0 || poll.revents & Int16(POLLERR | POLLHUP) == 0
    }

    private func send(_ bytes: UnsafeRawBufferPointer) throws(SinkError) {
        var rest = bytes
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
            if count > 0 {
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
                continue
            }
            switch errno {
            case EINTR: continue
            case EAGAIN: try waitUntilWritable()
            case EPIPE, ECONNRESET: throw failed(.closed)
            default: throw failed(.failed(errno))
            }
        }
    }

    /// Somebody made the terminal non-blocking: wait as a blocking write would.
    private func waitUntilWritable() throws(SinkError) {
        var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        if Glibc.poll(&poll, 1, -1) < 0, errno != EINTR { throw failed(.failed(errno)) }
    }

    private func failed(_ error: SinkError) -> SinkError {
        failure = error
        return error
    }
}
