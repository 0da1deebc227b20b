import Glibc
package import Logging
package import OrchCore

/// Writes the daemon's log to standard error, a line at a time.
package struct DaemonLogHandler: LogHandler {
    package var metadata: Logger.Metadata = [:]
    package var logLevel = Logger.Level.info
    private let format: LogFormat
    private let redaction: Redaction

    /// A handler; what `redaction` knows is left out of what it writes (I10).
    package init(_ format: LogFormat, redaction: Redaction) {
        self.format = format
        self.redaction = redaction
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var fields = metadata.merging(event.metadata ?? [:]) { _, new in new }.mapValues { $0.json(redaction) }
        if let error = event.error { fields["error"] = .string(redaction.redact("\(error)")) }
        let line = LogLine(atMs: SystemTime.nowMs, level: event.level, message: "\(event.message)", fields: fields)
        // One write for one line, so that lines of several threads don't mix. A closed standard error is no reason to end.
        let bytes = Array(line.text(format).utf8)
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes {
                write(STDERR_FILENO, $0.baseAddress?.advanced(by: done), $0.count - done)
            }
            guard count > 0 || errno == EINTR else { return }
            done += max(0, count)
        }
    }
}
