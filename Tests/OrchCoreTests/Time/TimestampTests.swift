import OrchCore
import Testing

@Suite struct TimestampTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"), (951_782_399_999, "2000-02-28T23:59:59Z"),
            (951_782_400_000, "2000-02-29T00:00:00Z"), (951_868_800_000, "2000-03-01T00:00:00Z"),
            (1_709_164_800_000, "2024-02-29T00:00:00Z"),
            (1_786_192_496_000, "2026-08-08T12:34:56Z"), (4_107_542_400_000, "2100-03-01T00:00:00Z"),
            (-62_135_596_800_000, "0001-01-01T00:00:00Z"),
        ] as [(Int64, String)]
    )
    func `an instant is written in UTC`(ms: Int64, text: String) {
        #expect(Timestamp.utc(ms) == text)
    }

    @Test func `later instants have later texts`() {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<500 {
            let a = Int64.random(in: -62_000_000_000_000...253_000_000_000_000, using: &random)
            let b = a + Int64.random(in: 1_000...100_000_000_000, using: &random)
            #expect(Timestamp.utc(a) < Timestamp.utc(b))
        }
    }
}
