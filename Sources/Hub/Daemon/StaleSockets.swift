import Glibc

/// What killed daemons left in the folder of sockets, whose repositories may be gone.
enum StaleSockets {
    /// How old a bell has to be: one that was hung up just now may not be answered yet.
    static let leastAgeSeconds = 60

    /// Removes the bells that no daemon answers, and the ways to app-servers beside them that nobody listens at.
    ///
    /// A daemon hangs up its bell before it starts an app-server, so where the bell is dead, none is being started. The daemon's own are
    /// replaced later anyway. What can't be removed does no harm.
    static func clear(beside socket: String) {
        let path = String(socket[..<(socket.lastIndex(of: "/") ?? socket.startIndex)])
        guard let folder = opendir(path) else { return }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard isOurs(name) else { continue }
            let bell = path + "/" + name
            guard isOld(bell), !isAnswered(bell, SOCK_DGRAM) else { continue }
            unlink(bell)
            let server = bell.dropLast(".bell".count) + ".sock"
            if !isAnswered(String(server), SOCK_STREAM) { unlink(String(server)) }
        }
    }

    /// The names that `SocketPath` and `BellPath` give.
    private static func isOurs(_ name: String) -> Bool {
        name.hasSuffix(".bell") && name.utf8.count == 21 && name.dropLast(5).allSatisfy(\.isHexDigit)
    }

    private static func isOld(_ path: String) -> Bool {
        var info = stat()
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return lstat(path, &info) == 0 && info.st_mtim.tv_sec < now.tv_sec - leastAgeSeconds
    }

    /// Whether somebody has the socket; true when that can't be found out.
    static func isAnswered(_ path: String, _ type: __socket_type) -> Bool {
        let descriptor = socket(
            AF_UNIX,
            Int32(type.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue),
            0
        )
        guard descriptor >= 0 else { return true }
        defer { close(descriptor) }
        return BellPath.withAddress(path) {
            connect(descriptor, $0, $1) == 0 || (errno != ECONNREFUSED && errno != ENOENT)
        }
            ?? true
    }
}
