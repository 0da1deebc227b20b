import Glibc

/// Reading and writing whole pieces of a file descriptor.
enum FileBytes {
    /// The next bytes; nil at the end.
    ///
    /// With `filling`, as many as asked for unless the end comes before.
    static func read(_ descriptor: Int32, atMost size: Int, filling: Bool = false) throws(StoreError) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: size)
        var count = 0
        repeat {
            let got = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, size - count)
            }
            if got < 0 {
                guard errno == EINTR else { throw .system("read", "file descriptor \(descriptor)") }
                continue
            }
            if got == 0 { break }
            count += got
        } while count == 0 || (filling && count < size)
        bytes.removeSubrange(count...)
        return bytes.isEmpty ? nil : bytes
    }

    /// Writes all bytes.
    static func write(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(StoreError) {
        var count = 0
        while count < bytes.count {
            let done = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor, buffer.baseAddress.map { $0 + count }, bytes.count - count)
            }
            if done < 0 {
                guard errno == EINTR else { throw .system("write", path) }
                continue
            }
            count += done
        }
    }
}
