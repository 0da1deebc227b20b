import Glibc
import SQLite

/// A copy of a database beside it.
enum BackupFile {
    /// Copies a database into a file for its owner only: complete and on the disk, or not there at all.
    static func write(_ db: Connection, to path: String) throws {
        guard FileFacts(path) == nil else { return }  // made by a try that was cut off after it
        let partial = path + ".partial"
        unlink(partial)
        let file = open(partial, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw StoreError.system("make", partial) }
        defer { close(file) }
        do {
            try db.vacuum(into: partial)
            guard fsync(file) == 0, rename(partial, path) == 0 else { throw StoreError.system("write", path) }
        } catch {
            unlink(partial)
            throw error
        }
    }
}
