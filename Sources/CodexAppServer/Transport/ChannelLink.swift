import NIOCore
import Synchronization

/// The open channel of a transport: what both kinds do alike.
final class ChannelLink: Sendable {
    private enum State {
        case idle
        case open(any Channel)
        case closed
    }
    private let state = Mutex<State>(.idle)

    /// Keeps the channel, or ends it if `close` came first.
    func opened(_ channel: any Channel) {
        let isWanted = state.withLock { state in
            if case .closed = state { return false }
            state = .open(channel)
            return true
        }
        if !isWanted { channel.close(promise: nil) }
    }

    var channel: (any Channel)? {
        state.withLock { if case .open(let channel) = $0 { channel } else { nil } }
    }

    func send(_ bytes: ByteBuffer) throws(AppServerError) {
        guard let channel, channel.isActive else {
            throw AppServerError(.disconnected, "there is no connection to the app-server")
        }
        guard channel.isWritable else {
            throw AppServerError(.overloaded, "the app-server does not read what it is sent; try again later")
        }
        channel.writeAndFlush(bytes, promise: nil)  // a failed write closes the channel, which is reported as such
    }

    func setReading(_ isReading: Bool) {
        guard let channel else { return }
        // Fails only on a closed channel, which reports itself.
        channel.setOption(.autoRead, value: isReading).whenFailure { _ in }
        if isReading { channel.read() }
    }

    /// Ends the channel, after `last` went out.
    func close(last: ByteBuffer? = nil) {
        let channel: (any Channel)? = state.withLock { state in
            defer { state = .closed }
            if case .open(let channel) = state { return channel }
            return nil
        }
        guard let channel else { return }
        if let last {
            channel.writeAndFlush(last).whenComplete { _ in channel.close(promise: nil) }
        } else {
            channel.close(promise: nil)
        }
    }
}
