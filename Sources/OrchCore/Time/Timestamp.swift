/// An instant in words, without Foundation: the same for everybody, and stable, so that it can be stored and compared.
package enum Timestamp {
    /// An instant as `2026-08-08T12:34:56Z`, always UTC; fractions of a second are cut.
    ///
    /// - Parameter ms: milliseconds since 1970; years 0 to 9999 are written with four digits.
    /// - Returns: the text.
    package static func utc(_ ms: Int64) -> String {
        let seconds = floored(ms, 1_000)
        let days = floored(seconds, 86_400)
        let rest = seconds - days * 86_400
        let (year, month, day) = civil(days)
        return
            "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))T\(pad(rest / 3600, 2)):\(pad(rest / 60 % 60, 2)):\(pad(rest % 60, 2))Z"
    }

    private static func floored(_ value: Int64, _ by: Int64) -> Int64 {
        value >= 0 ? value / by : -((-(value + 1)) / by) - 1
    }

    private static func pad(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// The date of a day counted from 1970-01-01, by the proleptic Gregorian calendar, in eras of 400 years.
    private static func civil(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = floored(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}
