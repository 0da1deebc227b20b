import Glibc

/// Reads whole files, with a limit.
enum FileBytes {
    /// The contents of a file; nil when there are more than `limit` bytes.
    static func read(path: String, limit: Int) throws -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw CommandError(
                errno == ENOENT ? .notFound : .io,
                "can't read \(path): \(String(cString: strerror(errno)))"
            )
        }
        defer { close(descriptor) }
        return try read(descriptor: descriptor, name: path, limit: limit)
    }

    /// What is left to read of a descriptor; nil when that is more than `limit` bytes.
    static func read(descriptor: Int32, name: String, limit: Int) throws -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { return bytes }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw CommandError(.io, "can't read \(name): \(String(cString: strerror(errno)))")
            }
            guard bytes.count + count <= limit else { return nil }
            bytes.append(contentsOf: buffer[..<count])
        }
    }
}
