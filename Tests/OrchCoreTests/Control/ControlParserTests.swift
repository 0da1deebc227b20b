import OrchCore
import Testing

@Suite struct ControlParserTests {
    private let send = #"{"send":{"to":"iss-1","task":"go"}}"#
    private let close = #"{"close":{"agent":"iss-1"}}"#

    private func verbs(_ text: String) -> [ControlVerb?] {
        ControlParser.parse(text).map { if case .success(let verb) = $0.parsed { verb } else { nil } }
    }

    private var both: [ControlVerb?] { [.send(to: "iss-1", task: "go"), .close(agent: "iss-1", outcome: nil)] }

    @Test(arguments: [
        "```control\nA\nB\n```", "```control\nA B\n```", "```control\nA,\nB\n```", "```control\n[A,B]\n```",
        "```control\n[\n A,\n B\n]\n```", "``` control \r\nA\r\nB\r\n```\r\n",
        "~~~control\nA\nB\n~~~", "````control\nA\nB\n````", "   ```control\n   A\n   B\n   ```",
        "1. do:\n\n     ```control\n     A\n     B\n     ```", "```Control json\nA\nB\n```",
        "```control\nFirst:\nA\nthen\nB\nThat is all.\n```", "```control\nA\n```\ntext\n```control\nB\n```",
        "```control\nA\n```\nB", "A\nB", "text\n  A\n\nB\nmore", "```control\nA\nB",
        "```control\n[A]\n[B]\n```",
    ])
    func `blocks and bare lines are read, in order`(shape: String) {
        let text = shape.replacing("A", with: send).replacing("B", with: close)
        #expect(verbs(text) == both)
    }

    @Test(arguments: [
        "no json here", "```json\nA\n```", "```event\nA\n```", "```\nA\n```", "````\n```control\nA\n```\n````", "> A",
        "- A", "text A", "A text", "    A", "`A`", #"{"other":{"a":1}}"#,
        #"{"send":1,"close":2}"#, "{\"send\":", "```control\n```", "```control\n  \n\n```", "", "```controls\nA\n```",
    ])
    func `quotations, prose and empty blocks ask for nothing`(shape: String) {
        #expect(ControlParser.parse(shape.replacing("A", with: send)).isEmpty)
    }

    @Test func `an object over several lines is one item`() {
        #expect(
            verbs("```control\n{\n  \"close\": {\n    \"agent\": \"iss-1\"\n  }\n}\n```") == [
                .close(agent: "iss-1", outcome: nil)
            ]
        )
    }

    @Test(arguments: [
        "```control\n{\"send\": oops}\n```", "```control\n{\"send\":{\"to\":\"a\"\n```", "```control\nplease send\n```",
        "```control\nsend: {\"to\":\"a\"}\n```", "```control\n{\"a\":\"x\ny\"}\n```",
    ])
    func `bad JSON in a block is one refused item with the reason`(text: String) {
        let items = ControlParser.parse(text)
        #expect(items.count == 1)
        #expect(items.first?.verb == ControlItem.invalidVerb)
        #expect(items.first?.refusal?.isEmpty == false)
        #expect(items.first?.payload.stringValue?.isEmpty == false)
    }

    @Test func `what is good beside bad JSON still counts`() {
        let items = ControlParser.parse(
            "```control\n\(send)\n{\"close\": nope}\n{\"status\":{\n  \"text\": bad\n}}\n\(close)\n```"
        )
        #expect(items.map { $0.refusal == nil } == [true, false, false, true])
        #expect(items[1].refusal?.contains("line 2") == true)
    }

    @Test(arguments: [
        "{\"send\":{\"to\":\"a\" \"task\":[\nCLOSE\n]}}", "{\"send\":{\"to\":\"a\",\"task\":\"they said\nCLOSE\n\"}}",
        "{\"send\":{\"to\":\"a\" \"task\":1}} and\nCLOSE", "[nope,\nCLOSE]", "[nope,\nCLOSE\n,",
        "{\"a\":\nCLOSE\nCLOSE",
        "{\"send\":{\"to\":\"a\",\"task\":\"a \\\nCLOSE\n\"}}", "{oops} CLOSE",
    ])
    func `an object within bad JSON is never taken for an instruction`(block: String) {
        let items = ControlParser.parse("```control\n\(block.replacing("CLOSE", with: close))\n```")
        #expect(items.map { $0.refusal == nil } == [false])
    }

    @Test func `what is left unread behind bad JSON is told`() {
        let items = ControlParser.parse("```control\n{\"send\":{\"to\":\"a\"\n\(close)\n```")
        #expect(items.map { $0.refusal?.hasSuffix("; nothing after it in this block was read") } == [true])
    }

    @Test(
        arguments: [
            (#"{"dance":{}}"#, "unknown verb `dance`"), (#"{"send":{},"close":{}}"#, "one verb per object"),
            ("{}", "a control object looks like"), ("[1]", "a control object looks like"),
            (#"{"send":"x"}"#, "must be an object"), (#"[[{"send":{}}]]"#, "a control object looks like"),
        ])
    func `what is no verb is refused`(json: String, reason: String) {
        let items = ControlParser.parse("```control\n\(json)\n```")
        #expect(items.count == 1)
        #expect(items.first?.refusal?.contains(reason) == true)
    }

    @Test func `one message may ask for 64 things, and more is told`() {
        let items = ControlParser.parse(
            "```control\n" + String(repeating: send + "\n", count: 500) + "```\n"
                + String(repeating: close + "\n", count: 500)
        )
        #expect(items.count == ControlParser.itemLimit + 1)
        #expect(items.last?.refusal?.contains("64") == true)
        let listed = ControlParser.parse("```control\n[" + String(repeating: send + ",", count: 500) + close + "]\n```")
        #expect(listed.count == ControlParser.itemLimit + 1)
    }

    @Test func `stripping leaves what is for people`() {
        #expect(
            ControlParser.strip("Hello.\n\n```control\n\(send)\n```\n\nBye.\n```json\n{}\n```\n\(close)\n")
                == "Hello.\n\n\nBye.\n```json\n{}\n```"
        )
        #expect(ControlParser.strip("```control\n\(send)\n```") == "")
        #expect(ControlParser.strip("```control\n\(send)") == "")
        #expect(ControlParser.strip("as it was\r\n") == "as it was")
    }

    @Test(arguments: 0..<400 as Range<UInt64>)
    func `changed messages are read without a crash, within the limit, and what is stripped asks for nothing`(
        seed: UInt64
    ) {
        var random = SeededGenerator(seed: seed)
        let whole =
            "Plan.\n```control\n\(send)\n[\(close), \(send)]\n```\n\(close)\n~~~json\n{}\n~~~\n" + random.text(upTo: 60)
        let text = String(decoding: random.mutated(Array(whole.utf8)), as: UTF8.self)
        #expect(ControlParser.parse(text).count <= ControlParser.itemLimit + 1)
        _ = ControlParser.strip(text)
        _ = ReportText.status(of: text)
        _ = ReportText.summary(of: text)
        _ = Charter.parse(body: text)
        _ = BlockerLines.parse(body: text, labels: [])
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            "{", "[", "[[\n", "{\"a\":\n", "{\"a\":[\n", "{},\n", "[1],\n", "```control\n", "```\n", "`",
            "{\"send\":{\"to\":\"a\",\"task\":\"", "\u{301}", ",", " ", "\\",
        ]
    )
    func `long runs of anything are read in one pass`(part: String) {
        let text = "```control\n" + String(repeating: part, count: 200_000 / part.utf8.count)
        #expect(ControlParser.parse(text).count <= ControlParser.itemLimit + 1)
        let bare = String(repeating: part, count: 200_000 / part.utf8.count)
        #expect(ControlParser.parse(bare).count <= ControlParser.itemLimit + 1)
        #expect(ControlParser.strip(bare).utf8.count <= bare.utf8.count)
    }
}
