import ArgumentParser
import OrchCore

/// Durations on the command line: `90s`, `10m`, `2h`, `1d`, `500ms`.
enum Durations {
    /// Milliseconds of a duration; for `@Option(transform:)`.
    @Sendable
    static func parse(_ text: String) throws -> Int64 {
        do {
            return try DurationText.parse(text)
        } catch {
            throw ValidationError("'\(SafeText.line(text))' is no duration: write 90s, 10m, 2h or 1d.")
        }
    }
}
