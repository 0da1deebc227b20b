import Glibc
import Hub
import OrchCore
import OrchStore
import SQLite

/// Looks at a project's `.orch` folder: its permissions, its disk, its database, its lock.
struct FolderCheck {
    let folder: OrchFolder
    let nowMs: Int64

    /// What was found.
    func findings() throws -> [Finding] {
        var findings = [permissions()] + (try DiskCheck(path: folder.path).findings())
        guard access(folder.database, F_OK) == 0 else {
            return findings + [
                Finding("database", .info, "\(folder.database) is not there yet", mend: "the first command makes it")
            ]
        }
        let db: Connection
        do {
            db = try Store.open(folder, role: .readOnly, nowMs: nowMs)
        } catch {
            // The message says what to do; the hint beside it would be to call the doctor.
            return findings + [Finding("database", .problem, StoreWords.words(error).message)]
        }
        findings.append(try integrity(db))
        findings.append(try hub(db))
        return findings
    }

    private func permissions() -> Finding {
        var status = stat()
        guard stat(folder.path, &status) == 0 else {
            return Finding("permissions", .problem, "\(folder.path) can't be looked at")
        }
        let mode = status.st_mode & 0o777
        guard mode & 0o077 == 0 else {
            return Finding(
                "permissions",
                .warning,
                "\(folder.path) is open to others (\(String(mode, radix: 8)))",
                mend: "chmod 700 \(folder.path)"
            )
        }
        return Finding("permissions", .ok, "\(folder.path) is for its owner only")
    }

    private func integrity(_ db: Connection) throws -> Finding {
        let complaints: [String] = try db.query("PRAGMA quick_check(5)") { try $0.get(0) }
        guard complaints == ["ok"] else {
            return Finding(
                "database",
                .problem,
                "\(folder.database) is damaged: \(complaints.joined(separator: "; "))",
                mend: "stop the hub, and keep a copy; \(BackupAdvice.words(for: folder.database))"
            )
        }
        let foreign = try db.query("PRAGMA foreign_key_check") { _ in 1 }.count
        guard foreign == 0 else {
            return Finding(
                "database",
                .problem,
                "\(foreign) rows of \(folder.database) refer to rows that are not there",
                mend: "stop the hub, and keep a copy; \(BackupAdvice.words(for: folder.database))"
            )
        }
        let size = [folder.database, folder.writeAheadLog].reduce(Int64(0)) { $0 + Self.size(of: $1) }
        return Finding("database", .ok, "sound, schema \(try Migrator(db).version()), \(Words.size(size))")
    }

    private static func size(of path: String) -> Int64 {
        var status = stat()
        return stat(path, &status) == 0 ? Int64(status.st_size) : 0
    }

    private func hub(_ db: Connection) throws -> Finding {
        let hub = try HubTables(db).hub.get()
        if let holder = HubPresence.daemon(folder) { return Finding("hub", .ok, "a daemon runs: \(holder)") }
        guard hub.state == "running" else {
            return Finding("hub", .info, "no daemon runs", mend: "`orch daemon` starts one")
        }
        return Finding(
            "hub",
            .warning,
            "the last daemon (pid \(hub.pid ?? 0)) ended without stopping",
            mend: "start `orch daemon`: it takes up what was left; the lock is free"
        )
    }
}
