/// Moments as the views write them: ISO 8601 in UTC with milliseconds.
package enum MomentText {
    /// `2026-08-21T10:02:47.891Z` for milliseconds since 1970; empty outside of the years 0 to 9999, which ISO 8601 does not name.
    package static func utc(_ ms: Int64) -> String {
        guard ms >= -62_167_219_200_000, ms < 253_402_300_800_000 else { return "" }
        let dayMs: Int64 = 86_400_000
        let day = ms >= 0 ? ms / dayMs : (ms - dayMs + 1) / dayMs
        let rest = Int(ms - day * dayMs)
        let (year, month, date) = civil(Int(day))
        return
            "\(pad(year, 4))-\(pad(month, 2))-\(pad(date, 2))T\(pad(rest / 3_600_000, 2)):\(pad(rest / 60_000 % 60, 2))"
            + ":\(pad(rest / 1_000 % 60, 2)).\(pad(rest % 1_000, 3))Z"
    }

    /// The date of a day counted from 1970-01-01, in years that begin in March so that a leap day is the last of its year.
    private static func civil(_ day: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let civilMonth = month < 10 ? month + 3 : month - 9
        return (yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0), civilMonth, dayOfYear - (153 * month + 2) / 5 + 1)
    }

    private static func pad(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
