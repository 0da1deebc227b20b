import OrchCore
import Testing

struct JSONValueTests {
    @Test(arguments: [
        (#"{"b":[1,-2,3.5,true,false,null],"a":"x"}"#, #"{"a":"x","b":[1,-2,3.5,true,false,null]}"#),
        (" \n[ ]\t", "[]"), ("{ }", "{}"), ("0", "0"), ("-9223372036854775808", "-9223372036854775808"),
        ("1e2", "100.0"),
        (#""\ud83e\udd84 \u00e9 \n \/ \u0001""#, "\"🦄 é \\n / \\u0001\""), (#""\ud800x""#, "\"\u{FFFD}x\""),
        (#""\ud800\u0041""#, "\"\u{FFFD}A\""),
        (#"{"a":1,"a":2}"#, #"{"a":2}"#),
    ])
    func `Texts are read, and written in one form`(text: String, canonical: String) throws {
        let value = try JSONValue(parsing: text)
        #expect(value.canonicalText == canonical)
        #expect(try JSONValue(parsing: value.canonicalText) == value)
    }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\" 1}", "{a:1}", "01", "1.", "1e", "-", "tru", "\"\u{1}\"", "\"abc", "\"\\x\"",
        "\"\\u12\"", "1 2", "[1}",
        "\"\\", "nul", "+1", "'a'", "NaN",
    ])
    func `What is no JSON is refused, with its place`(text: String) {
        #expect(throws: JSONParseError.self) { try JSONValue(parsing: text) }
    }

    @Test func `Invalid UTF-8 is refused`() {
        #expect(throws: JSONParseError.self) { try JSONValue(parsing: [0x22, 0xFF, 0x22] as [UInt8]) }
    }

    @Test func `Depth has a limit, and no stack overflows`() throws {
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: JSONParseError.self) { try JSONValue(parsing: deep) }
        #expect(
            try JSONValue(parsing: String(repeating: "[", count: 100) + String(repeating: "]", count: 100)).arrayValue?
                .count == 1
        )
    }

    /// SplitMix64: the same numbers for the same seed, on every machine.
    private struct Seeded: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    private func value(_ random: inout Seeded, depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 4 ? 5 : 7), using: &random) {
        case 0: .null
        case 1: .bool(.random(using: &random))
        case 2: .integer(.random(in: .min ... .max, using: &random))
        case 3: .double(.random(in: -1e300...1e300, using: &random))
        case 4: .string(text(&random))
        case 5: .array((0..<Int.random(in: 0..<4, using: &random)).map { _ in value(&random, depth: depth + 1) })
        default:
            .object(
                Dictionary(
                    (0..<Int.random(in: 0..<4, using: &random)).map { _ in
                        (text(&random), value(&random, depth: depth + 1))
                    },
                    uniquingKeysWith: { a, _ in a }
                )
            )
        }
    }

    private func text(_ random: inout Seeded) -> String {
        String(
            String.UnicodeScalarView(
                (0..<Int.random(in: 0..<12, using: &random)).compactMap { _ in
                    Unicode.Scalar(UInt32.random(in: 0..<0x11_0000, using: &random))
                }
            )
        )
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `Any value comes back from its text`(seed: UInt64) throws {
        var random = Seeded(state: seed)
        let value = value(&random, depth: 0)
        #expect(try JSONValue(parsing: value.canonicalText) == value, "seed \(seed)")
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `Damaged text never crashes the parser`(seed: UInt64) {
        var random = Seeded(state: seed)
        var bytes = Array(value(&random, depth: 0).canonicalText.utf8)
        for _ in 0..<4 where !bytes.isEmpty {
            bytes[Int.random(in: bytes.indices, using: &random)] = .random(in: 0...255, using: &random)
        }
        // Whatever it was, it was read or refused: a value that was read can be written.
        if let value = try? JSONValue(parsing: bytes) { #expect(!value.canonicalText.isEmpty) }
    }
}
