import Dispatch
import Glibc
package import OrchStore
import ServiceLifecycle

/// The daemon's doorbell: a datagram socket that clients ring after they inserted a command.
package struct Doorbell: Service {
    private let descriptor: Int32
    private let path: String
    private let link: String
    private let inbox: Inbox

    /// Hangs up the bell at `path`, and leads `.orch/bell` to it.
    ///
    /// Only for who holds the hub's lock: what is there is replaced.
    ///
    /// - Throws: `HubError` with `unavailable` when the system refuses.
    package init(_ folder: OrchFolder, at path: String, inbox: Inbox) throws {
        let type = Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = socket(AF_UNIX, type, 0)
        guard descriptor >= 0 else { throw Self.failure("make the doorbell's socket", path) }
        unlink(path)
        let bound = BellPath.withAddress(path) { bind(descriptor, $0, $1) }
        guard bound == 0, chmod(path, 0o600) == 0 else {
            let error = Self.failure("hang up the doorbell", path)
            close(descriptor)
            throw error
        }
        let link = BellPath.link(folder)
        let fresh = "\(link).\(getpid())"
        unlink(fresh)
        guard symlink(path, fresh) == 0, rename(fresh, link) == 0 else {
            let error = Self.failure("write", link)
            close(descriptor)
            throw error
        }
        self.descriptor = descriptor
        self.path = path
        self.link = link
        self.inbox = inbox
    }

    /// Passes rings on until shut down; many that come together are one.
    package func run() async throws {
        let descriptor = self.descriptor
        let inbox = self.inbox
        let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: DispatchQueue(label: "orch.bell"))
        source.setEventHandler {
            var bytes = [UInt8](repeating: 0, count: 64)
            while recv(descriptor, &bytes, bytes.count, 0) > 0 {}
            // From here, without a task in between: somebody waits for the answer. A full inbox has the loop look soon enough.
            inbox.offer(.commandsWaiting)
        }
        source.setCancelHandler { close(descriptor) }
        source.resume()
        do { try await gracefulShutdown() } catch is CancellationError {}  // an end like any other
        source.cancel()
        unlink(link)
        unlink(path)
    }

    private static func failure(_ what: String, _ path: String) -> HubError {
        HubError(.unavailable, "can't \(what) \(path): \(String(cString: strerror(errno)))")
    }
}
