import Glibc

/// File systems that SQLite's WAL does not work on: its shared memory and its locks hold within one machine only
/// (<https://sqlite.org/wal.html>).
package enum FileSystemKind {
    /// What is known of the file system that a path is on.
    package struct Facts: Sendable, Hashable {
        /// The type as `/proc/self/mountinfo` names it; nil if unknown.
        package var type: String?
        /// Whether it is mounted read-only.
        package var isReadOnly: Bool

        /// Facts of a file system.
        package init(type: String?, isReadOnly: Bool = false) {
            self.type = type
            self.isReadOnly = isReadOnly
        }
    }

    /// Network and cluster file systems, and those behind which is another machine: their types, and what people call them.
    package static let refused: [String: String] = [
        "nfs": "NFS", "nfs4": "NFS", "cifs": "CIFS (SMB)", "smb3": "SMB", "smbfs": "SMB", "afs": "AFS", "ceph": "Ceph",
        "lustre": "Lustre", "gpfs": "GPFS", "beegfs": "BeeGFS", "gfs2": "GFS2", "ocfs2": "OCFS2", "9p": "9P",
        "coda": "Coda",
        "orangefs": "OrangeFS", "pvfs2": "OrangeFS", "ncpfs": "NCP", "panfs": "PanFS",
        "vboxsf": "a shared folder of VirtualBox",
        "vmhgfs": "a shared folder of VMware", "virtiofs": "a folder shared with a virtual machine",
        "prl_fs": "a shared folder of Parallels",
    ]

    /// Types of FUSE behind which is a local disk, as good as one; all others are refused, since a program answers for them.
    package static let localFUSE: Set<String> = ["fuseblk", "fuse.fuse-overlayfs", "fuse.bindfs", "fuse.mergerfs"]

    /// The name of the file system if WAL does not work on it; nil if it does, or if nothing is known of it.
    package static func refusal(_ facts: Facts) -> String? {
        guard let type = facts.type else { return nil }
        if let name = refused[type] { return name }
        guard type.hasPrefix("fuse"), !localFUSE.contains(type) else { return nil }
        return "a FUSE file system (\(type))"
    }

    /// What the system says about the file system that a path is on.
    ///
    /// - Throws: `StoreError` when the path can't be looked at.
    package static func facts(at path: String) throws(StoreError) -> Facts {
        guard let resolved = realpath(path, nil) else { throw .system("look at", path) }
        defer { free(resolved) }
        // No table of mounts (another kernel): then nothing speaks against the path.
        guard let table = FileFacts.beginning(of: "/proc/self/mountinfo", bytes: 4 << 20) else {
            return Facts(type: nil)
        }
        return facts(of: String(cString: resolved), mountInfo: table)
    }

    /// The facts of an absolute path, in a text of `mountinfo` (proc(5)): those of the longest mount point above the path.
    package static func facts(of path: String, mountInfo: String) -> Facts {
        var best: (length: Int, facts: Facts)?
        for line in mountInfo.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count > 6, let dash = fields.firstIndex(of: "-"), dash + 1 < fields.count else { continue }
            let point = fields[4].replacing("\\040", with: " ")
            guard path == point || point == "/" || path.hasPrefix(point + "/") else { continue }
            // A later mount on the same point hides the earlier one.
            guard point.utf8.count >= best?.length ?? 0 else { continue }
            let isReadOnly = fields[5].split(separator: ",").contains("ro")
            best = (point.utf8.count, Facts(type: String(fields[dash + 1]), isReadOnly: isReadOnly))
        }
        return best?.facts ?? Facts(type: nil)
    }
}
