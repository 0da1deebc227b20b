import Glibc
import OrchCore
package import SQLite

/// Keeps `.orch/state.jsonl` a copy of the log, for tools that follow a file.
///
/// The lines are those of an export's `state.jsonl`. The database is authoritative: the mirror finds out from the file's last whole line
/// how far it came, repairs a line that a kill cut off, and goes on from there; each event is in it once. When the file reaches its limit
/// it becomes `state.jsonl.1`, whose predecessor goes. A file that belongs to another database is put aside in the same way.
///
/// Not `Sendable`: it belongs to the thread of its connection.
package final class StateMirror {
    private let path: String
    private let sizeLimit: Int
    private let batch: Int
    /// Bytes of one batch at most, beyond which no further event is added to it.
    private static let batchBytes = 1 << 20
    /// The last event in the file; nil before the file was looked at, and after a write that failed.
    private var lastSeq: Int64?

    /// A mirror in a file that need not exist.
    ///
    /// - Parameters:
    ///   - path: the file; the one put aside has `.1` after it.
    ///   - sizeLimit: bytes after which the file is put aside.
    ///   - batch: events written at once.
    package init(path: String, sizeLimit: Int = 64 << 20, batch: Int = 1_000) {
        self.path = path
        self.sizeLimit = sizeLimit
        self.batch = max(1, batch)
    }

    /// Writes the next events, one batch at most; how many there were.
    ///
    /// 0 means that the mirror is up to date.
    ///
    /// - Throws: what the disk refuses; the next call finds out by itself what arrived.
    package func catchUp(_ db: Connection) throws -> Int {
        guard let shape = try TableShape.all(db).first(where: { $0.name == "event" }) else { return 0 }
        let line = RowLine(shape)
        let from = try lastSeq ?? position(line, db)
        lastSeq = from
        let (bytes, count, last) = try read(after: from, line, db)
        guard count > 0 else { return 0 }
        lastSeq = nil
        let size = try append(bytes)
        lastSeq = last
        if size >= sizeLimit { try putAside() }
        return count
    }

    private func read(after seq: Int64, _ line: RowLine, _ db: Connection) throws -> (
        bytes: [UInt8], count: Int, last: Int64
    ) {
        var bytes: [UInt8] = []
        var count = 0
        var last = seq
        guard let place = line.shape.columns.firstIndex(where: { $0.name == "seq" }) else { return ([], 0, seq) }
        let sql =
            line.shape.select.replacing(" ORDER BY", with: " WHERE seq > ? ORDER BY", maxReplacements: 1) + " LIMIT ?"
        try db.each(sql, values: [seq, batch]) { row in
            try line.append(row, to: &bytes)
            bytes.append(UInt8(ascii: "\n"))
            last = try row.get(place)
            count += 1
            return bytes.count < Self.batchBytes
        }
        return (bytes, count, last)
    }

    private func append(_ bytes: [UInt8]) throws(StoreError) -> Int {
        let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw StoreError.system("write the mirror", path) }
        defer { close(file) }
        try OutputFile.write(bytes[...], to: file, path)
        return Int(lseek(file, 0, SEEK_END))
    }

    private func putAside() throws(StoreError) {
        guard rename(path, path + ".1") == 0 || errno == ENOENT else {
            throw StoreError.system("put aside the mirror", path)
        }
    }

    /// Where to go on: after the last event of the file, or of the one put aside when a new one was not begun yet.
    private func position(_ line: RowLine, _ db: Connection) throws -> Int64 {
        for (file, isOurs) in [(path, true), (path + ".1", false)] {
            guard let found = try MirrorTail.find(in: file, repairing: isOurs) else { continue }
            if try belongs(found, line, db) { return found.seq }
            if isOurs { try putAside() }
            return 0
        }
        return 0
    }

    /// Whether the file's last event is this database's: the same line, or one that the database does not have any more.
    private func belongs(_ found: MirrorTail, _ line: RowLine, _ db: Connection) throws -> Bool {
        let sql = line.shape.select.replacing(" ORDER BY", with: " WHERE seq = ? ORDER BY", maxReplacements: 1)
        var same: Bool?
        try db.each(sql, values: [found.seq]) { row in
            var bytes: [UInt8] = []
            try line.append(row, to: &bytes)
            same = bytes == found.line
            return false
        }
        let newest: Int64 = try db.scalar("SELECT max(seq) FROM event") ?? 0
        return same ?? (newest > found.seq)
    }
}
