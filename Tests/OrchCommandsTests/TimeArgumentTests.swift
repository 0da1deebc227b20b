import Testing

@testable import OrchCommands

/// `--since` and `--until`.
@Suite struct TimeArgumentTests {
    @Test(arguments: [
        ("1970-01-01", 0), ("2026-08-08", 1_786_147_200_000), ("2026-08-08T10:30", 1_786_185_000_000),
        ("2026-08-08 10:30:15Z", 1_786_185_015_000), ("2024-02-29", 1_709_164_800_000),
        ("1780000000000", 1_780_000_000_000),
    ]) func `dates are UTC`(text: String, ms: Int64) throws {
        #expect(try TimeArgument.parse(text) == .at(ms))
    }

    @Test func `a duration is so long ago`() throws {
        #expect(try TimeArgument.parse("2h").milliseconds(nowMs: 10_000_000) == 2_800_000)
        #expect(try TimeArgument.parse("now").milliseconds(nowMs: 7) == 7)
    }

    @Test(arguments: [
        "", "T", "2026-13-01", "2025-02-29", "2026-08-08T25:00", "2026-08-08T10", "08/08/2026", "soon", "٢٠٢٦-٠٨-٠٨",
    ])
    func `what is no time is refused`(text: String) {
        #expect(throws: (any Error).self) { try TimeArgument.parse(text) }
    }
}
