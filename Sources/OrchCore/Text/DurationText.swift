/// Durations as people write them (`90s`, `10m`, `1h 30m`), in milliseconds.
package enum DurationText {
    /// The longest duration that is taken, in milliseconds: ten thousand days.
    package static let limitMs: Int64 = 10_000 * 86_400_000

    /// Reads a duration: whole numbers with `ms`, `s`, `m`, `h` or `d`, largest unit first or not, spaces between them or not.
    ///
    /// - Parameter text: for instance `500ms`, `90s`, `10m`, `2h`, `1d`, `1h30m`.
    /// - Returns: the duration in milliseconds, 0 included.
    /// - Throws: `CoreError` with code `invalidDuration`.
    package static func parse(_ text: some StringProtocol) throws(CoreError) -> Int64 {
        var rest = Array(text.utf8.prefix(65))[...].trimmed
        guard !rest.isEmpty, rest.count <= 64 else {
            throw invalid(text, "it is \(rest.isEmpty ? "empty" : "too long")")
        }
        var total: Int64 = 0
        while !rest.isEmpty {
            let digits = rest.prefix(while: \.isDigit)
            guard !digits.isEmpty else {
                throw invalid(text, "a number should be where `\(shown(rest))` is")
            }
            guard let number = Int64(String(decoding: digits, as: UTF8.self)) else {
                throw invalid(text, "the number is too large")
            }
            rest = rest.dropFirst(digits.count).trimmed
            let unit = rest.prefix(while: \.isLetter)
            rest = rest.dropFirst(unit.count).trimmed
            guard let factor = factor(of: String(decoding: unit.map(\.lowercased), as: UTF8.self)) else {
                throw invalid(
                    text,
                    unit.isEmpty ? "the unit is missing" : "`\(shown(unit))` is no unit"
                )
            }
            let (part, overflow) = number.multipliedReportingOverflow(by: factor)
            guard !overflow, part <= limitMs, total + part <= limitMs else {
                throw invalid(text, "it is longer than 10000 days")
            }
            total += part
        }
        return total
    }

    /// A duration for people: the two largest units that are not zero, as in `12m 3s`.
    package static func format(_ ms: Int64) -> String {
        guard ms != Int64.min else { return format(ms + 1) }
        guard ms >= 0 else { return "-" + format(-ms) }
        guard ms >= 1_000 else { return ms == 0 ? "0s" : "\(ms)ms" }
        let seconds = ms / 1_000
        let parts = [
            (seconds / 86_400, "d"), (seconds / 3_600 % 24, "h"), (seconds / 60 % 60, "m"), (seconds % 60, "s"),
        ]
        let first = parts.firstIndex { $0.0 > 0 } ?? 3
        return parts[first...].prefix(2).filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined(separator: " ")
    }

    private static func factor(of unit: String) -> Int64? {
        switch unit {
        case "ms": 1
        case "s", "sec", "secs": 1_000
        case "m", "min", "mins": 60_000
        case "h", "hr", "hrs": 3_600_000
        case "d", "day", "days": 86_400_000
        default: nil
        }
    }

    private static func shown(_ bytes: ArraySlice<UInt8>) -> String {
        SafeText.line(String(decoding: bytes, as: UTF8.self))
    }

    private static func invalid(_ text: some StringProtocol, _ why: String) -> CoreError {
        CoreError(
            .invalidDuration,
            "`\(SafeText.line(Clip.characters(text, 40)))` is no duration: \(why); write it like 500ms, 90s, 10m, 2h or 1d"
        )
    }
}
