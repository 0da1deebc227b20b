import Crypto
import Glibc

/// A file read in pieces or by lines, with the SHA-256 of what came out.
final class InputFile {
    private static let pieceSize = 1 << 20
    /// A line longer than this is no row of ours: SQLite itself takes no text beyond a thousand million bytes.
    private static let lineLimit = 1 << 30

    let path: String
    private let descriptor: Int32
    private var isOpen = true
    private var hash = SHA256()
    private var buffer: [UInt8] = []
    /// Where the next line begins in `buffer`.
    private var at = 0

    /// Opens a regular file; a link or a device in its place is refused.
    ///
    /// - Throws: `StoreError.invalidExport` when there is none.
    init(_ path: String) throws(StoreError) {
        self.path = path
        // Without O_NONBLOCK, opening a FIFO that somebody put here would wait for ever.
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else {
            isOpen = false
            if errno == ENOENT || errno == ELOOP || errno == ENOTDIR {
                throw StoreError(.invalidExport, "\(path) is missing, or is no regular file: the export is not whole")
            }
            throw StoreError.system("read", path)
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw StoreError(.invalidExport, "\(path) is no regular file")
        }
    }

    deinit {
        if isOpen { close(descriptor) }
    }

    /// The next bytes, at most 1 MiB; empty at the end.
    func next() throws(StoreError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Self.pieceSize)
        while true {
            let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                bytes.removeLast(bytes.count - count)
                hash.update(data: bytes)
                return bytes
            }
            guard errno == EINTR else { throw StoreError.system("read", path) }
        }
    }

    /// The next line without its end; nil at the end of the file.
    ///
    /// - Throws: `StoreError.invalidExport` when the file ends within a line.
    func line() throws(StoreError) -> [UInt8]? {
        var searched = at
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { at = end + 1 }
                return Array(buffer[at..<end])
            }
            searched = buffer.count - at
            buffer.removeFirst(at)
            at = 0
            guard buffer.count < Self.lineLimit else {
                throw StoreError(.invalidExport, "\(path) has a line that is too long")
            }
            let more = try next()
            if more.isEmpty {
                guard buffer.isEmpty else {
                    throw StoreError(.invalidExport, "\(path) ends within a line: it is cut off")
                }
                return nil
            }
            buffer.append(contentsOf: more)
        }
    }

    /// The SHA-256 of all that was read, in hexadecimal; once, at the end.
    func digest() -> String { hex(hash.finalize()) }

    /// A whole small file.
    static func all(_ path: String, limit: Int) throws(StoreError) -> [UInt8] {
        let file = try InputFile(path)
        var bytes: [UInt8] = []
        while true {
            let more = try file.next()
            if more.isEmpty { return bytes }
            bytes += more
            guard bytes.count <= limit else {
                throw StoreError(.invalidExport, "\(path) is larger than \(limit) bytes: it is none of ours")
            }
        }
    }
}
