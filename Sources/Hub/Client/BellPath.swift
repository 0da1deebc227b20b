import Glibc
import OrchStore

/// Where the daemon's doorbell is.
///
/// The socket's own path is short, since `sun_path` ends at 108 bytes; `.orch/bell` is a link to it, so that clients find it whatever their
/// environment.
enum BellPath {
    /// The link in the hub's folder.
    static func link(_ folder: OrchFolder) -> String { folder.path + "/bell" }

    /// The socket for an app-server's socket path: beside it.
    static func socket(beside appServer: String) -> String {
        (appServer.hasSuffix(".sock") ? String(appServer.dropLast(5)) : appServer) + ".bell"
    }

    /// Where the link leads; nil when there is none.
    static func target(_ folder: OrchFolder) -> String? {
        var buffer = [CChar](repeating: 0, count: 4_096)
        let count = readlink(link(folder), &buffer, buffer.count)
        return count > 0 ? String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
    }

    /// Calls `body` with the address of a socket; nil when the path is too long for one.
    static func withAddress<T>(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> T) -> T? {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
