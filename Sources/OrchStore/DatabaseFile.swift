import Glibc
import SQLite

/// A look at the database's file before SQLite opens it: what it would take for its own, or repair, that is not.
///
/// Format: <https://sqlite.org/fileformat2.html#the_database_header>.
struct DatabaseFile {
    /// What the file is.
    enum State: Equatable {
        case missing
        /// Nothing was ever written to it.
        case empty
        /// A database; whether it is in WAL mode.
        case database(isWAL: Bool)
    }

    let path: String

    /// What the file is.
    ///
    /// - Throws: `StoreError.notADatabase` or `.corrupted`.
    func state() throws(StoreError) -> State {
        guard let facts = FileFacts(path) else {
            guard errno == ENOENT else { throw .system("look at", path) }
            return .missing
        }
        guard facts.isRegular else {
            throw StoreError(.notADatabase, "\(path) is \(facts.kind), and no database: move it away")
        }
        guard facts.size > 0 else {
            // SQLite would throw the log away, and with it whatever was not yet moved into the database.
            guard (FileFacts(path + "-wal")?.size ?? 0) == 0 else {
                throw StoreError(
                    .corrupted,
                    "\(path) is empty, and its log \(path)-wal is not: move both away; \(BackupAdvice.words(for: path))"
                )
            }
            return .empty
        }
        // A checkpoint of another process may be under way: what looks wrong is looked at again.
        for _ in 0..<5 {
            if let state = try checked() { return state }
            usleep(20_000)
        }
        throw StoreError(
            .corrupted,
            "the database \(path) is shorter than it says: it was cut off; \(BackupAdvice.words(for: path))"
        )
    }

    /// Nil when its length is not what its header says.
    private func checked() throws(StoreError) -> State? {
        let log = FileFacts(path + "-wal")?.size ?? 0
        let beginning: (bytes: [UInt8], size: Int)
        do { beginning = try FileBeginning.read(path, count: 100) } catch {
            throw StoreError(error, path: path)
        }
        let count = beginning.bytes.count
        let header = beginning.bytes + [UInt8](repeating: 0, count: 100 - count)
        guard header.prefix(count).starts(with: Array("SQLite format 3\0".utf8).prefix(count)), count >= 16 else {
            throw StoreError(
                .notADatabase,
                "\(path) is no SQLite database: move it away; \(BackupAdvice.words(for: path))"
            )
        }
        var pageSize = Int(header[16]) << 8 | Int(header[17])
        if pageSize == 1 { pageSize = 65_536 }
        guard count == 100, pageSize >= 512, pageSize & (pageSize - 1) == 0, (1...2).contains(header[18]),
            header[18] == header[19]
        else {
            throw StoreError(
                .corrupted,
                "the database \(path) has a damaged header: \(BackupAdvice.words(for: path))"
            )
        }
        let pages = header[28..<32].reduce(0) { $0 << 8 | Int($1) }
        let size = beginning.size
        // The count is only right when the last writer knew of it; with a log, the log has the newer truth.
        let isCounted = header[24..<28] == header[92..<96] && pages > 0
        if log == 0, isCounted, size < pages * pageSize { return nil }
        return .database(isWAL: header[18] == 2)
    }

    /// Makes the file, empty and for its owner only; SQLite gives its companions the same mode.
    ///
    /// Only one that is not there yet is opened: see `FileBeginning`.
    func create() throws(StoreError) {
        let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else {
            guard errno != EEXIST else { return }
            throw .system("make", path)
        }
        close(file)
    }

    /// Closes it and its companions to others, if they are ours and open.
    func closeToOthers() throws(StoreError) {
        for name in [path, path + "-wal", path + "-shm"] {
            guard let facts = FileFacts(name), facts.isRegular, facts.owner == geteuid(), facts.permissions != 0o600
            else { continue }
            guard chmod(name, 0o600) == 0 || errno == ENOENT else { throw .system("close to others", name) }
        }
    }
}
