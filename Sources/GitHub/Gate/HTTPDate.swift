/// Dates in the heads of answers: `Tue, 24 Nov 2026 13:10:00 GMT` (RFC 9110, section 5.6.7).
enum HTTPDate {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// Milliseconds since 1970; nil if it is written otherwise.
    static func ms(_ text: String) -> Int64? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[0].hasSuffix(","), parts[5] == "GMT", let day = Int64(parts[1]),
            let month = months.firstIndex(of: String(parts[2])), let year = Int64(parts[3])
        else { return nil }
        let clock = parts[4].split(separator: ":").map { Int64($0) ?? -1 }
        guard clock.count == 3 else { return nil }
        return CivilTime.ms(
            year: year,
            month: Int64(month) + 1,
            day: day,
            hour: clock[0],
            minute: clock[1],
            second: clock[2]
        )
    }
}
