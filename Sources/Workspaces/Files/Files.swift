import Glibc
import OrchCore

/// The few things that this module does with files, each refusing to be led astray by links and special files.
enum Files {
    /// What is at a path, symbolic links not followed.
    enum Kind: Sendable, Hashable {
        case missing, file, folder, link, other
    }

    /// What is there.
    static func kind(_ path: String) -> Kind {
        var status = stat()
        guard lstat(path, &status) == 0 else { return .missing }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return .folder
        case S_IFLNK: return .link
        default: return .other
        }
    }

    /// How many seconds ago a file was last written; 0 if there is none.
    static func age(_ path: String) -> Int64 {
        var status = stat()
        var now = timespec()
        guard lstat(path, &status) == 0, clock_gettime(CLOCK_REALTIME, &now) == 0 else { return 0 }
        return Int64(now.tv_sec) - Int64(status.st_mtim.tv_sec)
    }

    /// The path without symbolic links, `.` and `..`; nil if there is no such file.
    static func real(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }

    /// The names in a folder, sorted, without `.` and `..`; none if it can't be read.
    static func names(in path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// The bytes of a regular file; nil if there is none.
    ///
    /// A link, a pipe or a device is refused, so that no agent can make the hub wait.
    ///
    /// - Throws: `WorkspaceError` with code `files`, also for a file larger than `limit`.
    static func read(_ path: String, limit: Int = 1 << 16) throws(WorkspaceError) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw refused("read", path)
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw WorkspaceError(.files, "\(SafeText.line(path)) is no regular file")
        }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let count = Glibc.read(file, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw refused("read", path) }
            if count == 0 { return bytes }
            bytes.append(contentsOf: buffer[..<count])
            guard bytes.count <= limit else {
                throw WorkspaceError(.files, "\(SafeText.line(path)) is larger than \(limit) bytes")
            }
        }
    }

    /// The text of a small regular file, without the line end at its end; nil if there is none.
    static func line(_ path: String) throws(WorkspaceError) -> String? {
        guard var bytes = try read(path)?[...] else { return nil }
        while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Puts a whole file in place: after a crash there is the old one or the new one, on the disk.
    static func replace(_ path: String, with bytes: [UInt8], mode: mode_t = 0o644) throws(WorkspaceError) {
        let draft = path + ".orch-new"
        unlink(draft)  // Left by a crash; nobody else makes files of this name.
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
        guard file >= 0 else { throw refused("write", draft) }
        var isWritten = fchmod(file, mode) == 0
        var left = bytes[...]
        while isWritten, !left.isEmpty {
            let count = left.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            isWritten = count > 0
            left = left.dropFirst(max(count, 0))
        }
        isWritten = isWritten && fsync(file) == 0
        let reason = errno
        close(file)
        guard isWritten, rename(draft, path) == 0 else {
            let error = refused("write", path, isWritten ? errno : reason)
            unlink(draft)
            throw error
        }
    }

    /// Makes a folder and those above it.
    ///
    /// What is there stays as it is; a link in its place is not followed.
    static func makeFolders(_ path: String) throws(WorkspaceError) {
        if kind(path) == .folder { return }
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex { try makeFolders(String(path[..<slash])) }
        guard mkdir(path, 0o777) == 0 || (errno == EEXIST && kind(path) == .folder) else {
            throw refused("make the folder", path)
        }
    }

    /// Removes one file or empty folder; that it is gone already is fine.
    static func remove(_ path: String) throws(WorkspaceError) {
        guard Glibc.remove(path) == 0 || errno == ENOENT else { throw refused("remove", path) }
    }

    /// Moves a folder or file within its file system.
    static func move(_ path: String, to target: String) throws(WorkspaceError) {
        guard kind(target) == .missing else {
            throw WorkspaceError(.files, "can't move \(SafeText.line(path)): \(SafeText.line(target)) is there")
        }
        guard rename(path, target) == 0 else { throw refused("move", path) }
    }

    private static func refused(_ what: String, _ path: String, _ code: Int32 = errno) -> WorkspaceError {
        WorkspaceError(.files, "can't \(what) \(SafeText.line(path)): \(String(cString: strerror(code)))")
    }
}
