import OrchCore
import Testing

@Suite struct DurationTextTests {
    @Test(
        arguments: [
            ("500ms", 500), ("90s", 90_000), ("10m", 600_000), ("2h", 7_200_000), ("1d", 86_400_000),
            ("1h30m", 5_400_000),
            ("1h 30m", 5_400_000), (" 12m 3s ", 723_000), ("0s", 0), ("10 min", 600_000), ("3M", 180_000),
            ("10000d", 864_000_000_000),
        ] as [(String, Int64)]
    )
    func `a duration is read in milliseconds`(text: String, ms: Int64) throws {
        #expect(try DurationText.parse(text) == ms)
    }

    @Test(arguments: [
        "", " ", "10", "m", "10x", "-5m", "1.5h", "10 m x", "99999999999999999999s", "10001d", "9223372036854775807d",
        "1h-", "１m", "\u{1B}[31m",
    ])
    func `what is no duration is refused, and how to write one is said`(text: String) {
        let error = #expect(throws: CoreError.self) { try DurationText.parse(text) }
        #expect(error?.code == .invalidDuration)
        #expect(error?.message.contains("90s") == true)
        #expect(error?.message.contains("\u{1B}") == false)
    }

    @Test(
        arguments: [
            (0, "0s"), (1, "1ms"), (999, "999ms"), (1_000, "1s"), (1_999, "1s"), (60_000, "1m"), (723_000, "12m 3s"),
            (3_600_000, "1h"),
            (3_660_000, "1h 1m"), (3_605_000, "1h"), (90_061_000, "1d 1h"), (86_400_000, "1d"), (-5_000, "-5s"),
        ] as [(Int64, String)]
    )
    func `a duration is shown by its two largest units`(ms: Int64, text: String) {
        #expect(DurationText.format(ms) == text)
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `what is shown can be read, and is never more than what it was`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let ms = Int64.random(in: 0...(random.chance(0.5) ? 100_000 : DurationText.limitMs), using: &random)
        let read = try DurationText.parse(DurationText.format(ms))
        #expect(read <= ms)
        #expect(Double(read) >= Double(ms) * 0.95 - 1_000)
    }

    @Test func `the smallest number has a text too`() {
        #expect(DurationText.format(.min).hasPrefix("-"))
    }
}
