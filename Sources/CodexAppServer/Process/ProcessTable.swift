#if canImport(Glibc)
import Glibc
#endif

/// Reading `/proc`.
enum ProcessTable {
    /// What `/proc/PID/stat` says.
    struct Stat {
        /// Whether it has ended and only waits to be collected.
        ///
        /// A process whose first thread has ended while others still run looks like that too, but for the number of its threads.
        var isZombie: Bool
        var parent: Int64
        var session: Int64
        var startTime: Int64
    }

    /// nil when there is no such process.
    static func stat(pid: Int64) -> Stat? {
        guard let bytes = read("/proc/\(pid)/stat"), let end = bytes.lastIndex(of: UInt8(ascii: ")")) else {
            return nil
        }
        // After the command's name in parentheses, which may hold anything: state (field 3), ppid, pgrp, session, …
        // num_threads (20), itrealvalue, starttime (22).
        let fields = String(decoding: bytes[(end + 1)...], as: UTF8.self).split(separator: " ")
        guard fields.count > 19, let parent = Int64(fields[1]), let session = Int64(fields[3]),
            let threads = Int64(fields[17]), let start = Int64(fields[19])
        else { return nil }
        let isZombie = fields[0] == "X" || (fields[0] == "Z" && threads <= 1)
        return Stat(isZombie: isZombie, parent: parent, session: session, startTime: start)
    }

    /// Whether a process was started with this variable; false also when its environment may not be read.
    static func has(pid: Int64, variable: String) -> Bool {
        guard let bytes = read("/proc/\(pid)/environ") else { return false }
        return bytes.split(separator: 0).contains { $0.elementsEqual(variable.utf8) }
    }

    /// Its command line.
    static func arguments(pid: Int64) -> [String] {
        (read("/proc/\(pid)/cmdline") ?? []).split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }

    /// All process ids of this moment.
    static var all: [Int64] {
        guard let folder = opendir("/proc") else { return [] }
        defer { closedir(folder) }
        var found: [Int64] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if let pid = Int64(name) { found.append(pid) }
        }
        return found
    }

    /// A small file's bytes, at most 1 MiB; nil when it can't be read.
    static func read(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        while bytes.count < 1 << 20 {
            let chunk = [UInt8](unsafeUninitializedCapacity: 16_384) { buffer, count in
                count = max(0, Glibc.read(descriptor, buffer.baseAddress, buffer.count))
            }
            if chunk.isEmpty { break }
            bytes += chunk
        }
        return bytes
    }
}
