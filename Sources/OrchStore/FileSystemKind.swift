import Glibc

/// File systems on which WAL does not work, since its shared memory is shared within one machine only (<https://sqlite.org/wal.html>).
package enum FileSystemKind {
    /// Types as `/proc/self/mountinfo` names them (proc(5)).
    package static let network: Set<String> = [
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "lustre", "gpfs", "beegfs", "gfs2", "ocfs2", "9p",
        "orangefs", "coda",
        "pvfs2", "fuse.sshfs", "fuse.glusterfs", "fuse.s3fs", "fuse.rclone", "fuse.ceph-fuse",
    ]

    /// The type of the network file system that a path is on; nil for a local one.
    ///
    /// - Throws: `StoreError.unwritable` when the path does not resolve.
    package static func network(at path: String) throws(StoreError) -> String? {
        guard let resolved = realpath(path, nil) else {
            throw StoreError(.unwritable, "can't look at \(path): \(String(cString: strerror(errno)))")
        }
        defer { free(resolved) }
        // No mountinfo (another kernel): nothing is known against the path.
        guard let table = mountTable() else { return nil }
        return type(of: String(cString: resolved), mountInfo: table).flatMap { network.contains($0) ? $0 : nil }
    }

    /// The file system type of an absolute path, in a text of `mountinfo`: that of the longest mount point that the path is under.
    package static func type(of path: String, mountInfo: String) -> String? {
        var best: (length: Int, type: String)?
        for line in mountInfo.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count > 6, let dash = fields.firstIndex(of: "-"), dash + 1 < fields.count else { continue }
            let point = fields[4].replacing("\\040", with: " ")
            guard path == point || point == "/" || path.hasPrefix(point + "/") else { continue }
            // A later mount on the same point hides the earlier one.
            if point.utf8.count >= best?.length ?? 0 { best = (point.utf8.count, String(fields[dash + 1])) }
        }
        return best?.type
    }

    private static func mountTable() -> String? {
        let file = open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(file, &buffer, buffer.count)
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(contentsOf: buffer[..<count])
        }
    }
}
