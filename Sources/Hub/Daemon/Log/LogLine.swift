import Logging
import OrchCore

/// One line of the daemon's log.
struct LogLine {
    var atMs: Int64
    var level: Logger.Level
    var message: String
    var fields: [String: JSONValue]

    /// The line in a format, with its end.
    func text(_ format: LogFormat) -> String {
        switch format {
        case .text: plain
        case .json: json
        }
    }

    private var plain: String {
        var line = "\(Timestamp.utc(atMs)) \(Self.name(level)) \(SafeText.line(message))"
        for (key, value) in fields.sorted(by: { $0.key < $1.key }) {
            line += " \(key)=\(Self.quoted(value.stringValue ?? value.canonicalText))"
        }
        return line + "\n"
    }

    private var json: String {
        var object = fields
        object["at"] = .string(Timestamp.utc(atMs))
        object["level"] = .string(level.rawValue)
        object["message"] = .string(message)
        return JSONValue.object(object).canonicalText + "\n"
    }

    /// A value, in quotes where it would not be one word.
    private static func quoted(_ value: String) -> String {
        let safe = SafeText.line(value)
        guard safe.isEmpty || safe.contains(where: { $0 == " " || $0 == "=" || $0 == "\"" }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\\\"") + "\""
    }

    /// Five letters, so that messages stand below each other.
    private static func name(_ level: Logger.Level) -> String {
        switch level {
        case .trace: "trace"
        case .debug: "debug"
        case .info: "info "
        case .notice: "note "
        case .warning: "warn "
        case .error: "error"
        case .critical: "fatal"
        }
    }
}
