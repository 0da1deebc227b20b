#if canImport(Glibc)
import Glibc
#endif

/// Where the app-server's socket lies.
///
/// Short, since `sun_path` ends at 108 bytes whatever the depth of the repository; the same for the same folder; in a folder that only its owner enters.
package enum SocketPath {
    /// The socket's path for the hub of `folder`, which is an absolute path.
    ///
    /// Makes the folder around it.
    ///
    /// `$XDG_RUNTIME_DIR/orch/<hash>.sock`, else `/tmp/orch-<uid>/<hash>.sock`.
    ///
    /// - Throws: `AppServerError` with `files` when the folder around it belongs to someone else or is open to others.
    package static func make(for folder: String, environment: [String: String]) throws(AppServerError) -> String {
        let runtime = environment["XDG_RUNTIME_DIR"] ?? ""
        let name = "\(hash(folder)).sock"
        if runtime.hasPrefix("/"), access(runtime, W_OK) == 0, runtime.utf8.count + name.utf8.count + 7 < limit {
            return try secured("\(runtime)/orch") + "/" + name
        }
        return try secured("/tmp/orch-\(geteuid())") + "/" + name
    }

    /// The longest path that `sockaddr_un` takes, with its closing zero.
    static let limit = 108

    /// Makes a folder that only this user enters, or checks that it is one.
    static func secured(_ folder: String) throws(AppServerError) -> String {
        if mkdir(folder, 0o700) != 0, errno != EEXIST {
            throw AppServerError(.files, "can't make \(folder): \(String(cString: strerror(errno)))")
        }
        var status = stat()
        guard lstat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw AppServerError(.files, "\(folder) is no folder; remove it, then start again")
        }
        guard status.st_uid == geteuid() else {
            throw AppServerError(
                .files,
                "\(folder) belongs to another user (\(status.st_uid)); set XDG_RUNTIME_DIR to a folder of yours"
            )
        }
        guard status.st_mode & 0o077 == 0 || chmod(folder, 0o700) == 0 else {
            throw AppServerError(.files, "\(folder) is open to others; chmod it to 700")
        }
        return folder
    }

    /// FNV-1a, 64 bit: stable across versions and machines, unlike `Hasher`.
    static func hash(_ text: String) -> String {
        var value: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
