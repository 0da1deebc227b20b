import Glibc
import OrchStore

/// Looks at the disk that the hub's folder is on, or will be.
struct DiskCheck {
    /// Free room under which a disk is called nearly full.
    static let scarceBytes: Int64 = 1 << 30

    let path: String

    /// What was found.
    func findings() throws -> [Finding] { [try fileSystem(), space()] }

    private func fileSystem() throws -> Finding {
        let facts = try FileSystemKind.facts(at: path)
        if let name = FileSystemKind.refusal(facts) {
            return Finding(
                "disk",
                .problem,
                "\(path) is on \(name), where SQLite's WAL does not work",
                mend: "clone the repository to a local disk, and run orch there"
            )
        }
        if facts.isReadOnly {
            return Finding("disk", .problem, "\(path) is on a read-only file system", mend: "mount it writable")
        }
        guard facts.type != "tmpfs", facts.type != "ramfs" else {
            return Finding(
                "disk",
                .warning,
                "\(path) is in memory (\(facts.type ?? "")): a restart of the machine loses it",
                mend: "clone the repository to a disk, for work that is to stay"
            )
        }
        return Finding("disk", .ok, "\(facts.type ?? "a local file system")")
    }

    private func space() -> Finding {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else {
            return Finding("space", .warning, "the free room can't be found out")
        }
        let free = Int64(status.f_bavail) * Int64(status.f_frsize)
        guard free < Self.scarceBytes else { return Finding("space", .ok, "\(Words.size(free)) free") }
        return Finding(
            "space",
            .warning,
            "only \(Words.size(free)) free",
            mend: "free some room: worktrees and the database grow while agents work"
        )
    }
}
