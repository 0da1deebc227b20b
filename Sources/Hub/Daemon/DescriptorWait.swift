import CLinux
import Glibc

/// Lets one thread sleep until a descriptor has something to read, or its other end is gone, or somebody says that it is enough.
///
/// Not a read source of Dispatch's: on Linux that uses memory which it has just freed when the other end of a pipe goes
/// (swiftlang/swift-corelibs-libdispatch#949). Seen here: now and then the daemon crashed at that very moment, and left its app-server.
final class DescriptorWait: Sendable {
    private let descriptor: Int32
    /// Readable once it is enough.
    private let enough: Int32

    /// A wait for a descriptor that somebody else closes, after the last wait.
    init(_ descriptor: Int32) {
        self.descriptor = descriptor
        enough = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    }

    deinit {
        if enough >= 0 { close(enough) }
    }

    /// Blocks this thread; whether there is something to read, false when it is enough.
    func isReady() -> Bool {
        var polled = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: enough, events: Int16(POLLIN), revents: 0),
        ]
        // -1 is an interruption by a signal.
        while poll(&polled, nfds_t(polled.count), -1) < 0 {}
        return polled[1].revents == 0
    }

    /// Wakes the thread that waits, and whoever waits later.
    func stop() {
        var one: UInt64 = 1
        write(enough, &one, MemoryLayout.size(ofValue: one))
    }
}
