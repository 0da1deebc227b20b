import OrchCore
import Testing

@Suite struct JSONValueTests {
    @Test(
        arguments: [
            ("null", .null), ("true", true), (" false ", false), ("0", 0), ("-7", -7),
            ("9223372036854775807", .integer(.max)),
            ("-9223372036854775808", .integer(.min)), ("9223372036854775808", .double(9_223_372_036_854_775_808)),
            ("1.5", 1.5),
            ("1e3", .double(1000)), ("-2.5E-1", -0.25), (#""""#, ""),
            (#""a\"b\\c\/d\b\f\n\r\t""#, "a\"b\\c/d\u{8}\u{C}\n\r\t"),
            (#""\u0041\u00e9\u65e5""#, "Aé日"), (#""\ud83d\ude00""#, "😀"), (#""\ud83d""#, "\u{FFFD}"),
            (#""\ude00x""#, "\u{FFFD}x"),
            (#""\ud83d\u0041""#, "\u{FFFD}A"), ("[]", []), ("[1, [2], {}]", [1, [2], [:]]), ("{}", [:]),
            ("{\"a\":1,\"b\":[null]}", ["a": 1, "b": [nil]]), ("{\"a\":1,\"a\":2}", ["a": 2]), ("\t[\r\n1\n]\n", [1]),
            ("\"\u{7F}😀\u{2028}\"", "\u{7F}😀\u{2028}"),
        ] as [(String, JSONValue)]
    )
    func `a valid text gives its value`(text: String, value: JSONValue) throws {
        #expect(try JSONValue(parsing: text) == value)
        #expect(try JSONValue(parsing: Array(text.utf8)) == value)
        #expect(try JSONValue(parsing: "\(text)x".dropLast()) == value)
    }

    @Test(arguments: [
        "", " ", "nul", "nulll", "True", "tru", "+1", "01", "-", "-x", "1.", ".5", "1e", "1e+", "0x1", "1e999", "NaN",
        "Infinity", "\"", "\"a", "\"\\",
        "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"a\nb\"", "\"\u{1}\"", "'a'", "[", "[1", "[1,", "[1,]", "[,1]",
        "[1 2]", "]", "{", "{\"a\"", "{\"a\":",
        "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{a:1}", "{\"a\" 1}", "{1:2}", "{}{}", "1 2", "null,", "// a\n1",
        "\u{FEFF}1",
    ])
    func `an invalid text is refused, with its place`(text: String) {
        let error = #expect(throws: JSONParseError.self) { try JSONValue(parsing: text) }
        #expect((0...text.utf8.count).contains(error?.offset ?? -1))
        #expect(error?.description.contains("at byte") == true)
    }

    @Test(
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xC0, 0x80, 0x22],
            [0x22, 0x5C, 0x6E, 0x80, 0x22],
        ] as [[UInt8]]
    )
    func `bytes that are no UTF-8 are refused`(bytes: [UInt8]) {
        #expect(throws: JSONParseError.self) { try JSONValue(parsing: bytes) }
    }

    @Test func `the place of an error is the byte where reading stopped`() {
        let error = #expect(throws: JSONParseError.self) { try JSONValue(parsing: "[1 2]") }
        #expect(error?.description == "a comma or ] should be here at byte 3")
    }

    @Test func `128 levels are read and 129 are refused`() throws {
        func nested(_ levels: Int) -> String {
            String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
        }
        #expect(try JSONValue(parsing: nested(128)).arrayValue?.count == 1)
        #expect(throws: JSONParseError.self) { try JSONValue(parsing: nested(129)) }
        #expect(throws: JSONParseError.self) { try JSONValue(parsing: String(repeating: "[", count: 1_000_000)) }
    }

    @Test func `the canonical text is compact, sorted, on one line, and the same for equal values`() throws {
        let value = try JSONValue(parsing: #" { "b" : [ 1 , 2.50 , "x\ny" ] , "a" : { "z" : null , "é" : true } } "#)
        #expect(value.canonicalText == #"{"a":{"z":null,"é":true},"b":[1,2.5,"x\ny"]}"#)
        #expect(JSONValue.string("\u{0}\u{1B}\u{7F}\"\\/").canonicalText == #""\u0000\u001b\u007f\"\\/""#)
        #expect(JSONValue.double(.infinity).canonicalText == "null")
        #expect(JSONValue.array([]).canonicalText == "[]")
        #expect(JSONValue.object([:]).canonicalText == "{}")
    }

    @Test func `members and elements are reached by name and number`() {
        let value: JSONValue = ["a": [1, "x", 2.0, true], "n": nil]
        #expect(value["a"]?[0]?.intValue == 1)
        #expect(value["a"]?[1]?.stringValue == "x")
        #expect(value["a"]?[2]?.intValue == 2)
        #expect(value["a"]?[0]?.doubleValue == 1)
        #expect(value["a"]?[3]?.boolValue == true)
        #expect(value["a"]?[4] == nil)
        #expect(value["a"]?[-1] == nil)
        #expect(value["n"]?.isNull == true)
        #expect(value["b"] == nil)
        #expect(value[0] == nil)
        #expect(JSONValue.double(1.5).intValue == nil)
        #expect(JSONValue.double(1e300).intValue == nil)
        #expect(JSONValue.text(nil) == .null)
        #expect(JSONValue.number(3) == 3)
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `what is written is read back the same`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let value = Self.value(&random, depth: 0)
        let text = value.canonicalText
        let read = try JSONValue(parsing: text)
        #expect(read == value)
        #expect(read.canonicalText == text)
        #expect(!text.utf8.contains(0x0A))
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `changed bytes are read or refused, and never more than that`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let bytes = random.mutated(Array(Self.value(&random, depth: 0).canonicalText.utf8))
        do {
            let value = try JSONValue(parsing: bytes)
            #expect(try JSONValue(parsing: value.canonicalText) == value)
        } catch {
            #expect((0...bytes.count).contains(error.offset))
        }
    }

    private static func value(_ random: inout SeededGenerator, depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 4 ? 5 : 7), using: &random) {
        case 0: return .null
        case 1: return .bool(random.chance(0.5))
        case 2:
            return .integer(
                random.chance(0.5)
                    ? Int64.random(in: .min ... .max, using: &random) : Int64.random(in: -9...9, using: &random)
            )
        case 3:
            let value = Double(bitPattern: UInt64.random(in: 0 ... .max, using: &random))
            return .double(value.isFinite ? value : 0.5)
        case 4: return .string(random.text(upTo: 30))
        case 5: return .array((0..<Int.random(in: 0...4, using: &random)).map { _ in value(&random, depth: depth + 1) })
        default:
            var members: [String: JSONValue] = [:]
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                members[random.text(upTo: 6)] = value(&random, depth: depth + 1)
            }
            return .object(members)
        }
    }
}
