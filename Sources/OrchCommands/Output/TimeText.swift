import Glibc
import OrchCore

/// Times as people read them.
enum TimeText {
    /// `2026-11-24 10:26`, in the machine's time zone.
    static func local(_ ms: Int64) -> String {
        let parts = broken(ms)
        let date = "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
        return "\(date) \(two(parts.tm_hour)):\(two(parts.tm_min))"
    }

    /// `10:26:41`, in the machine's time zone.
    static func clock(_ ms: Int64) -> String {
        let parts = broken(ms)
        return "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))"
    }

    /// `3m 2s ago`, `just now`, `in 5m`.
    static func ago(_ ms: Int64, nowMs: Int64) -> String {
        let span = nowMs - ms
        if abs(span) < 1_000 { return "just now" }
        return span > 0 ? "\(length(span)) ago" : "in \(length(-span))"
    }

    /// A length of time, not finer than a second.
    static func length(_ ms: Int64) -> String {
        DurationText.format(ms < 1_000 ? ms : ms / 1_000 * 1_000)
    }

    private static func broken(_ ms: Int64) -> tm {
        var seconds = time_t(ms / 1_000)
        var parts = tm()
        localtime_r(&seconds, &parts)
        return parts
    }

    private static func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
