import Glibc
import OrchCore

/// The last whole line of a mirror.
struct MirrorTail: Sendable, Hashable {
    /// Its event.
    var seq: Int64
    var line: [UInt8]

    /// Lines looked at from the end before the file is given up.
    private static let tries = 100
    private static let pieceSize = 1 << 16

    /// Finds it; nil when there is no file, or no such line.
    ///
    /// `repairing` cuts off what stands after it: a torn line.
    static func find(in path: String, repairing: Bool) throws(StoreError) -> MirrorTail? {
        let file = open(path, (repairing ? O_RDWR : O_RDONLY) | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw StoreError.system("read the mirror", path)
        }
        defer { close(file) }
        let size = Int(lseek(file, 0, SEEK_END))
        var end = try lineEnd(before: size, file, path)
        var found: MirrorTail?
        for _ in 0..<tries where end > 0 && found == nil {
            let start = try lineEnd(before: end - 1, file, path)
            let line = try bytes(from: start, to: end - 1, file, path)
            if let seq = seq(of: line) { found = MirrorTail(seq: seq, line: line) } else { end = start }
        }
        if found == nil { end = 0 }
        if repairing, end < size {
            guard ftruncate(file, off_t(end)) == 0 else { throw StoreError.system("repair the mirror", path) }
        }
        return found
    }

    private static func seq(of line: [UInt8]) -> Int64? {
        do {
            return try JSONValue(parsing: line)["seq"]?.intValue
        } catch {
            return nil  // no line of ours: the database has it whole
        }
    }

    /// The place after the last line feed before `limit`; 0 when there is none.
    private static func lineEnd(before limit: Int, _ file: Int32, _ path: String) throws(StoreError) -> Int {
        var high = limit
        while high > 0 {
            let low = max(0, high - pieceSize)
            if let at = try bytes(from: low, to: high, file, path).lastIndex(of: UInt8(ascii: "\n")) {
                return low + at + 1
            }
            high = low
        }
        return 0
    }

    private static func bytes(from low: Int, to high: Int, _ file: Int32, _ path: String) throws(StoreError) -> [UInt8]
    {
        var bytes = [UInt8](repeating: 0, count: high - low)
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes {
                pread(file, $0.baseAddress.map { $0 + filled }, $0.count - filled, off_t(low + filled))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw StoreError.system("read the mirror", path) }
            filled += count
        }
        return bytes
    }
}
