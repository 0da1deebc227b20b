import Glibc
import OrchCore

/// Folders that are what their paths say: no part of such a path is a symbolic link.
///
/// A sandbox opens what a path leads to, and the hub makes what is missing of it without a sandbox. So a link that an agent put somewhere
/// must not count, and none can be put in the way meanwhile: each part is opened in the one before it.
enum RealFolder {
    /// `O_PATH`, which glibc keeps from Swift: such a folder is walked through without the right to list it.
    private static let opening: Int32 = 0o10_000_000 | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC

    /// Makes a folder, and those above it, where they are missing.
    ///
    /// - Parameters:
    ///   - path: an absolute path without `.` and `..`.
    ///   - mode: the rights of those that are made.
    /// - Throws: `WorkspaceError` with code `notOurs` when a part is there and no folder, `files` when the file system refuses.
    static func make(_ path: String, mode: mode_t = 0o777) throws(WorkspaceError) {
        let parts = path.split(separator: "/").map(String.init)
        guard path.hasPrefix("/"), !parts.contains("."), !parts.contains("..") else {
            throw WorkspaceError(.notOurs, "\(SafeText.line(path)) is no path that the hub makes folders at")
        }
        var folder = open("/", opening)
        defer { close(folder) }
        var walked = ""
        for part in parts {
            walked += "/" + part
            var next = openat(folder, part, opening)
            if next < 0, errno == ENOENT {
                guard mkdirat(folder, part, mode) == 0 || errno == EEXIST else { throw refused("make", walked) }
                next = openat(folder, part, opening)
            }
            guard next >= 0 else {
                guard errno == ENOTDIR || errno == ELOOP else { throw refused("open", walked) }
                throw WorkspaceError(
                    .notOurs,
                    "\(SafeText.line(walked)) is a link or a file where a folder must be: an agent's sandbox would open what it leads to; remove it"
                )
            }
            close(folder)
            folder = next
        }
    }

    /// Removes a folder with all that is in it; that it is gone already is fine.
    ///
    /// - Throws: `WorkspaceError` with code `files`.
    static func remove(_ path: String) throws(WorkspaceError) {
        guard Files.kind(path) == .folder else { return try Files.remove(path) }
        for name in Files.names(in: path) { try remove("\(path)/\(name)") }
        try Files.remove(path)
    }

    private static func refused(_ what: String, _ path: String) -> WorkspaceError {
        WorkspaceError(.files, "can't \(what) the folder \(SafeText.line(path)): \(String(cString: strerror(errno)))")
    }
}
