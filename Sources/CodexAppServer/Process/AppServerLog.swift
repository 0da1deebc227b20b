#if canImport(Glibc)
import Glibc
#endif

/// The app-server's standard error, kept in a file of bounded length.
///
/// The server writes to the file itself (append mode), so that it needs no hub. While a hub runs it reads what is new with `poll`, and when the
/// file is longer than the limit, the last half of it is moved to `<path>.1` and the file is emptied: together they never hold
/// much more than one and a half times the limit. A value with one user.
package struct AppServerLog: Sendable {
    /// The file.
    package let path: String
    /// The length from which on the file is emptied.
    package let limitBytes: Int
    private var offset: Int
    private var rest: [UInt8] = []

    /// The longest line that is kept whole.
    static let lineBytes = 4_096

    /// A log that is read from its end on, or from its beginning.
    package init(path: String, limitBytes: Int = 4 << 20, fromStart: Bool = false) {
        self.path = path
        self.limitBytes = limitBytes
        offset = fromStart ? 0 : Self.length(path)
    }

    /// The lines that were added since the last time, at most `maxLines` of them (the rest comes next time), without
    /// escape sequences.
    package mutating func poll(maxLines: Int = 500) -> [String] {
        if Self.length(path) < offset { offset = 0 }  // someone emptied it
        var lines: [String] = []
        while lines.count < maxLines {
            let chunk = Self.read(path, from: offset, count: 65_536)
            if chunk.isEmpty { break }
            var taken = 0
            for byte in chunk {
                taken += 1
                if byte == UInt8(ascii: "\n") || rest.count >= Self.lineBytes {
                    lines.append(Self.plain(rest))
                    rest = byte == UInt8(ascii: "\n") ? [] : [byte]
                    if lines.count == maxLines { break }
                } else {
                    rest.append(byte)
                }
            }
            offset += taken
        }
        trim()
        return lines.filter(Self.isWorthKeeping)
    }

    /// Empties the file if it is too long and all of it was read.
    private mutating func trim() {
        let length = Self.length(path)
        guard length > limitBytes, offset >= length else { return }
        let kept = Self.read(path, from: length - limitBytes / 2, count: limitBytes / 2)
        let old = Glibc.open(path + ".1", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        if old >= 0 {
            var done = 0
            while done < kept.count {
                let written = kept.withUnsafeBytes { write(old, $0.baseAddress?.advanced(by: done), $0.count - done) }
                guard written > 0 else { break }  // a full disk: the old half is lost, which a log may be
                done += written
            }
            close(old)
        }
        // What the server adds between the read and this is lost: a line of a log, and the price of a server that needs no reader.
        guard truncate(path, 0) == 0 else { return }
        offset = 0
    }

    /// The last lines of a log, for a message about why its server ended.
    package static func lastWords(_ path: String, lines: Int = 5) -> String {
        let length = length(path)
        let bytes = read(path, from: max(0, length - 8_192), count: 8_192)
        let found = bytes.split(separator: UInt8(ascii: "\n")).map { plain(Array($0)) }.filter(isWorthKeeping).suffix(
            lines
        )
        return found.isEmpty ? "(it said nothing)" : found.joined(separator: " | ")
    }

    /// Codex says at each start that it uses its own bubblewrap, as an error: it is none, and would be the last words of each server that is killed.
    private static func isWorthKeeping(_ line: String) -> Bool {
        !line.isEmpty && !line.contains("Codex will use the bundled bubblewrap")
    }

    /// Opens a log for a server's standard error.
    static func open(_ path: String) throws(AppServerError) -> Int32 {
        let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw AppServerError(.files, "can't write \(path): \(String(cString: strerror(errno)))")
        }
        return descriptor
    }

    private static func length(_ path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    private static func read(_ path: String, from offset: Int, count: Int) -> [UInt8] {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = max(0, pread(descriptor, buffer.baseAddress, count, off_t(offset)))
        }
    }

    /// A line as text without colours (`ESC [ … letter`); what else it holds is made safe where it is shown.
    private static func plain(_ bytes: [UInt8]) -> String {
        var out: [UInt8] = []
        var at = 0
        while at < bytes.count {
            if bytes[at] == 0x1B, at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "[") {
                at += 2
                while at < bytes.count, !(0x40...0x7E).contains(bytes[at]) { at += 1 }
            } else {
                out.append(bytes[at])
            }
            at += 1
        }
        return String(decoding: out, as: UTF8.self)
    }
}
