import Glibc
import OrchCore

/// Who holds the hub's lock: what is written in its file, for those that find it taken.
package struct LockHolder: Sendable, Hashable, CustomStringConvertible {
    /// What the lock was taken for.
    package enum Purpose: String, Sendable, Hashable {
        /// A hub, for as long as it runs.
        case daemon
        /// One command, done in a moment.
        case command
    }

    package var purpose: Purpose
    package var pid: Int64
    package var host: String
    package var startedAtMs: Int64
    /// Of orch.
    package var version: String

    /// A holder.
    package init(purpose: Purpose, pid: Int64, host: String, startedAtMs: Int64, version: String) {
        self.purpose = purpose
        self.pid = pid
        self.host = host
        self.startedAtMs = startedAtMs
        self.version = version
    }

    /// This process.
    package static func current(_ purpose: Purpose, version: String, nowMs: Int64) -> LockHolder {
        LockHolder(purpose: purpose, pid: Int64(getpid()), host: hostName(), startedAtMs: nowMs, version: version)
    }

    /// In words: `process 42 on here, since 2026-08-08T12:34:56Z`.
    package var description: String {
        "process \(pid) on \(host), since \(Timestamp.utc(startedAtMs))"
    }

    /// The name of this machine.
    package static func hostName() -> String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "unknown" }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Whether the process is known to be gone: it was one of this machine, and there is none of its number now.
    var isGone: Bool {
        guard host == Self.hostName(), let number = Int32(exactly: pid), number > 0 else { return false }
        return kill(number, 0) != 0 && errno == ESRCH
    }

    /// The line of JSON in the lock's file.
    var line: String {
        let json: JSONValue = [
            "purpose": .string(purpose.rawValue), "pid": .integer(pid), "host": .string(host),
            "started_at_ms": .integer(startedAtMs), "version": .string(version),
        ]
        return json.canonicalText + "\n"
    }

    /// Reads the line; nil when it is none (its writer was killed, or has not written yet).
    init?(line: String) {
        // Whatever else is there says nothing about the holder: `try?` makes it "unknown".
        guard let json = try? JSONValue(parsing: line), let pid = json["pid"]?.intValue,
            let purpose = json["purpose"]?.stringValue.flatMap(Purpose.init(rawValue:)),
            let host = json["host"]?.stringValue, let startedAtMs = json["started_at_ms"]?.intValue
        else { return nil }
        self.init(
            purpose: purpose,
            pid: pid,
            host: host,
            startedAtMs: startedAtMs,
            version: json["version"]?.stringValue ?? "?"
        )
    }
}
