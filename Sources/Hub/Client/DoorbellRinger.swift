import Glibc
package import OrchStore

/// Rings the daemon's doorbell: makes it look for commands at once.
package enum DoorbellRinger {
    /// Rings; without a daemon, or when its socket is full of rings already, nothing happens: the daemon looks by itself, too.
    package static func ring(_ folder: OrchFolder) {
        guard let path = BellPath.target(folder) else { return }
        let type = Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = socket(AF_UNIX, type, 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var ring: UInt8 = 1
        _ = BellPath.withAddress(path) { sendto(descriptor, &ring, 1, Int32(MSG_NOSIGNAL), $0, $1) }
    }
}
