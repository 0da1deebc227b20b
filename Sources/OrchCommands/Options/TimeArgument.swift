import ArgumentParser
import OrchCore

/// A point in time on the command line: how long ago (`2h`), a date, a date and time, or milliseconds since 1970.
enum TimeArgument: Sendable, Hashable {
    /// So many milliseconds before now.
    case ago(Int64)
    /// Milliseconds since 1970 UTC.
    case at(Int64)

    /// The point in time, in milliseconds since 1970 UTC.
    func milliseconds(nowMs: Int64) -> Int64 {
        switch self {
        case .ago(let span): nowMs - span
        case .at(let instant): instant
        }
    }

    /// Reads `10m`, `2026-08-08`, `2026-08-08T10:00`, `2026-08-08 10:00:00Z`, `now`, `1780000000000`; for `@Option(transform:)`.
    ///
    /// Dates without a zone are UTC, as in all reports.
    @Sendable
    static func parse(_ text: String) throws -> TimeArgument {
        if text == "now" { return .ago(0) }
        if let number = Int64(text), number >= 100_000_000_000 { return .at(number) }
        if let instant = date(text) { return .at(instant) }
        if let span = try? DurationText.parse(text) { return .ago(span) }  // A text that is no duration is told below.
        throw ValidationError(
            "'\(SafeText.line(text))' is no time: write 2h (two hours ago), 2026-08-08, 2026-08-08T10:30 or 2026-08-08T10:30:00Z."
        )
    }

    private static func date(_ text: String) -> Int64? {
        var text = text[...]
        if text.hasSuffix("Z") { text.removeLast() }
        let halves = text.split(whereSeparator: { $0 == "T" || $0 == " " })
        guard (1...2).contains(halves.count), text.first != " ", text.first != "T" else { return nil }
        let date = numbers(halves[0], separator: "-")
        guard let date, date.count == 3, (1970...9999).contains(date[0]), (1...12).contains(date[1]) else { return nil }
        guard (1...daysInMonth(date[1], of: date[0])).contains(date[2]) else { return nil }
        var time = [0, 0, 0]
        if halves.count == 2 {
            guard let given = numbers(halves[1], separator: ":"), (2...3).contains(given.count) else { return nil }
            guard given[0] < 24, given[1] < 60, given.count < 3 || given[2] < 60 else { return nil }
            time = given.count == 3 ? given : given + [0]
        }
        let seconds =
            CivilDay.number(year: date[0], month: date[1], day: date[2]) * 86_400 + time[0] * 3_600 + time[1] * 60
            + time[2]
        return Int64(seconds) * 1_000
    }

    private static func numbers(_ text: Substring, separator: Character) -> [Int]? {
        let parts = text.split(separator: separator, omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in
            part.allSatisfy(\.isASCII) && part.allSatisfy(\.isNumber) ? Int(part) : nil
        }
        return numbers.count == parts.count ? numbers : nil
    }

    private static func daysInMonth(_ month: Int, of year: Int) -> Int {
        CivilDay.number(year: month == 12 ? year + 1 : year, month: month == 12 ? 1 : month + 1, day: 1)
            - CivilDay.number(year: year, month: month, day: 1)
    }
}
