import Glibc

/// Bytes kept aside until they are stored: little in memory, more in a file without a name, which is gone with the process.
final class Spool {
    /// Most bytes in memory.
    static let memoryLimit = 1 << 20

    /// How many bytes there are.
    private(set) var count = 0
    private var memory: [UInt8] = []
    private var file: Int32 = -1
    private let folder: String

    /// A spool whose file is made in the folder of this path; for a database in memory, in the folder for temporary files.
    init(besides path: String) {
        let slash = path.lastIndex(of: "/")
        folder = slash.map { String(path[..<$0]) } ?? (getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp")
    }

    deinit {
        if file >= 0 { close(file) }
    }

    /// Adds bytes.
    func append(_ bytes: [UInt8]) throws(StoreError) {
        count += bytes.count
        if file < 0, memory.count + bytes.count <= Self.memoryLimit {
            memory.append(contentsOf: bytes)
            return
        }
        if file < 0 {
            file = try Self.unnamedFile(in: folder)
            try FileBytes.write(memory, to: file, path: folder)
            memory = []
        }
        try FileBytes.write(bytes, to: file, path: folder)
    }

    /// Hands out all bytes, from the first, in chunks of a size.
    func read(atMost size: Int, _ body: ([UInt8]) throws -> Void) throws {
        guard file >= 0 else {
            for start in stride(from: 0, to: memory.count, by: size) {
                try body(Array(memory[start..<min(start + size, memory.count)]))
            }
            return
        }
        guard lseek(file, 0, SEEK_SET) == 0 else { throw StoreError.system("read a file without a name in", folder) }
        while let chunk = try FileBytes.read(file, atMost: size, filling: true) { try body(chunk) }
    }

    private static func unnamedFile(in folder: String) throws(StoreError) -> Int32 {
        // O_TMPFILE is a macro that Swift does not see (open(2), asm-generic/fcntl.h).
        let file = open(folder, O_RDWR | O_CLOEXEC | 0o20000000 | O_DIRECTORY, 0o600)
        if file >= 0 { return file }
        // Some file systems don't know it: then a name for a moment.
        let name = "\(folder)/.spool-\(UInt64.random(in: .min ... .max))"
        let named = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard named >= 0 else { throw .system("make a file in", folder) }
        unlink(name)
        return named
    }
}
