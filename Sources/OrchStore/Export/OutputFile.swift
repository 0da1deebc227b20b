import Crypto
import Glibc

/// A new file, written in large pieces, with the SHA-256 of what went in.
final class OutputFile {
    private static let capacity = 1 << 18

    let path: String
    private let descriptor: Int32
    private var isOpen = true
    private var buffer: [UInt8] = []
    private var hash = SHA256()
    /// Bytes taken.
    private(set) var size = 0

    /// Makes the file, for its owner only.
    ///
    /// - Throws: `StoreError` when there is one already, or the file system refuses.
    init(creating path: String) throws(StoreError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            isOpen = false
            throw StoreError.system("make the file", path)
        }
    }

    deinit {
        if isOpen { close(descriptor) }
    }

    /// Takes bytes.
    func append(_ bytes: [UInt8]) throws(StoreError) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.capacity { try flush() }
    }

    /// Writes what is left and closes the file; the SHA-256 in hexadecimal.
    func finish() throws(StoreError) -> String {
        try flush()
        isOpen = false
        guard close(descriptor) == 0 else { throw StoreError.system("write", path) }
        return hex(hash.finalize())
    }

    private func flush() throws(StoreError) {
        hash.update(data: buffer)
        size += buffer.count
        try Self.write(buffer[...], to: descriptor, path)
        buffer.removeAll(keepingCapacity: true)
    }

    /// Writes all of some bytes.
    static func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32, _ path: String) throws(StoreError) {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw StoreError.system("write", path)
            }
            rest = rest.dropFirst(count)
        }
    }
}
