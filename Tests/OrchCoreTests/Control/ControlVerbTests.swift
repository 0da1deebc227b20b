import OrchCore
import Testing

@Suite struct ControlVerbTests {
    private static let parsed: [(String, ControlVerb)] = [
        (#"{"spawn":{"name":"Iss 12","task":"Do it","cwd":null}}"#, .spawn(name: "iss_12", task: "Do it", issue: nil)),
        (#"{"spawn":{"name":"iss-12","task":"Do it","issue":12}}"#, .spawn(name: "iss-12", task: "Do it", issue: 12)),
        (#"{"send":{"to":"orchestrator","task":" x "}}"#, .send(to: "orchestrator", task: " x ")),
        (#"{"close":{"agent":"a"}}"#, .close(agent: "a", outcome: nil)),
        (#"{"close":{"agent":"a","outcome":null}}"#, .close(agent: "a", outcome: nil)),
        (#"{"close":{"agent":"a","outcome":"failed"}}"#, .close(agent: "a", outcome: .failed)),
        (#"{"status":{"text":"x"}}"#, .status(issue: nil, text: "x")),
        (#"{"status":{"issue":3.0,"text":"x"}}"#, .status(issue: 3, text: "x")),
        (#"{"fetch":{"artifact":"A1B2c3"}}"#, .fetch(artifact: "a1b2c3", maxChars: 4_000)),
        (#"{"fetch":{"artifact":"abcd","max_chars":10}}"#, .fetch(artifact: "abcd", maxChars: 10)),
        (
            #"{"fetch":{"artifact":"abcd","max_chars":99999999}}"#,
            .fetch(artifact: "abcd", maxChars: ControlVerb.fetchLimit)
        ),
        (#"{"exec":{"argv":["git","status"]}}"#, .exec(argv: ["git", "status"], agent: nil)),
        (#"{"exec":{"argv":["rm","-rf","/"],"agent":"a","env":null}}"#, .exec(argv: ["rm", "-rf", "/"], agent: "a")),
    ]

    @Test(arguments: parsed)
    func `right fields are taken`(json: String, verb: ControlVerb) throws {
        let item = try #require(ControlParser.parse(json).first)
        #expect(item.parsed == .success(verb))
        #expect(item.verb == verb.name.rawValue)
    }

    @Test(
        arguments: [
            (#"{"spawn":{"name":"a"}}"#, "`task` is missing"), (#"{"spawn":{"task":"a"}}"#, "`name` is missing"),
            (#"{"spawn":{"name":5,"task":"a"}}"#, "`name` must be a string"),
            (#"{"spawn":{"name":"a","task":" \n"}}"#, "`task` is empty"),
            (#"{"spawn":{"name":"a","task":"b","cwd":"/tmp"}}"#, "`cwd` must be null"),
            (#"{"spawn":{"name":"orchestrator","task":"b"}}"#, "reserved"),
            (#"{"spawn":{"name":"!","task":"b"}}"#, "no agent name"),
            (#"{"spawn":{"name":"a","task":"b","issue":"12"}}"#, "`issue` must be the number"),
            (#"{"spawn":{"name":"a","task":"b","issue":0}}"#, "`issue`"),
            (#"{"spawn":{"name":"a","task":"b","issue":1.5}}"#, "`issue`"),
            (#"{"spawn":{"name":"a","task":"b","issue":99999999999}}"#, "`issue`"),
            (#"{"spawn":{"name":"a","task":"b","model":"x"}}"#, "unknown field `model`"),
            (#"{"send":{"agent":"a","task":"b"}}"#, "unknown field `agent`"),
            (#"{"send":{"to":"a","task":null}}"#, "`task` is missing"), (#"{"close":{}}"#, "`agent` is missing"),
            (#"{"close":{"agent":"a","outcome":"budget"}}"#, "`outcome`"),
            (#"{"close":{"agent":"a","outcome":1}}"#, "`outcome`"), (#"{"status":{"issue":1}}"#, "`text` is missing"),
            (#"{"fetch":{"artifact":"abc"}}"#, "hexadecimal"),
            (#"{"fetch":{"artifact":"xyz1"}}"#, "hexadecimal"), (#"{"fetch":{"artifact":"../../etc"}}"#, "hexadecimal"),
            (#"{"fetch":{"artifact":"abcd","max_chars":0}}"#, "`max_chars`"),
            (#"{"fetch":{"artifact":"abcd","max_chars":"9"}}"#, "`max_chars`"), (#"{"exec":{}}"#, "`argv` is missing"),
            (#"{"exec":{"argv":[]}}"#, "`argv`"),
            (#"{"exec":{"argv":"git status"}}"#, "there is no shell"), (#"{"exec":{"argv":["git",1]}}"#, "`argv`"),
            (#"{"exec":{"argv":["git"],"env":{"A":"b"}}}"#, "`env` is not allowed"),
            (#"{"exec":{"argv":["git"],"cwd":"/"}}"#, "`cwd` is not allowed"), (#"{"send":[]}"#, "must be an object"),
        ])
    func `wrong fields are refused with what is wrong`(json: String, reason: String) {
        let items = ControlParser.parse("```control\n\(json)\n```")
        #expect(items.count == 1)
        #expect(items.first?.refusal?.contains(reason) == true, "\(items.first?.refusal ?? "")")
    }

    @Test func `long texts are refused, at a limit`() {
        func send(_ count: Int) -> ControlItem? {
            ControlParser.parse("{\"send\":{\"to\":\"a\",\"task\":\"\(String(repeating: "x", count: count))\"}}").first
        }
        #expect(send(ControlVerb.taskLimit)?.refusal == nil)
        #expect(send(ControlVerb.taskLimit + 1)?.refusal?.contains("longer than") == true)
    }

    @Test(arguments: ControlVerb.Name.allCases)
    func `the examples are right`(name: ControlVerb.Name) throws {
        let item = try #require(ControlParser.parse(ControlVerb.example(of: name)).first)
        #expect(item.refusal == nil)
        #expect(item.verb == name.rawValue)
    }
}
