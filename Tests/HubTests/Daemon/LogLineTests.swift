import Logging
import OrchCore
import Testing

@testable import Hub

/// How log lines look.
@Suite struct LogLineTests {
    private let line = LogLine(
        atMs: 1_700_000_000_000,
        level: .warning,
        message: "agent.stalled",
        fields: ["agent": "iss-3", "reason": "no \"sign\" of\u{1B}[31m life", "empty": "", "issue": 3, "late": true]
    )

    @Test func `a line for people is one line, and holds no escape sequence`() {
        #expect(
            line.text(.text)
                == "2023-11-14T22:13:20Z warn  agent.stalled agent=iss-3 empty=\"\" issue=3 late=true reason=\"no \\\"sign\\\" of␛[31m life\"\n"
        )
    }

    @Test func `a line for programs is one JSON object`() throws {
        let json = try JSONValue(parsing: line.text(.json))
        #expect(json["at"] == "2023-11-14T22:13:20Z")
        #expect(json["level"] == "warning")
        #expect(json["message"] == "agent.stalled")
        #expect(json["agent"] == "iss-3")
        #expect(json["issue"] == 3 && json["late"] == true)
    }

    @Test(arguments: [
        ("agent.stalled", Logger.Level.warning), ("effect.failed", .warning), ("hub.started", .info),
        ("item.command", .debug),
        ("tokens", .debug), ("turn.completed", .info), ("settings.invalid", .warning),
    ])
    func `an event is as loud as who must act`(_ kind: String, _ level: Logger.Level) {
        #expect(EventLevel.of(kind) == level)
    }

    @Test func `an event tells whom it is about and its scalar members`() {
        let metadata = EventLevel.metadata([
            "seq": 7, "agent": "iss-1", "issue": 1, "turn": .null,
            "data": ["from": "queued", "list": [1], "none": .null, "will_retry": true, "percent": 0.5],
        ])
        #expect(
            metadata.mapValues { $0.json(Redaction(environment: [:])) }
                == ["seq": 7, "agent": "iss-1", "issue": 1, "from": "queued", "will_retry": true, "percent": 0.5]
        )
    }

    @Test func `a secret is none of what is logged, and be it a number`() {
        let redaction = Redaction(environment: ["API_TOKEN": "1234567890123456"])
        let value = Logger.MetadataValue.stringConvertible(1_234_567_890_123_456)
        #expect(value.json(redaction).stringValue?.contains("1234567890123456") == false)
        #expect(Logger.MetadataValue.array(["a", .stringConvertible(2)]).json(redaction) == ["a", 2])
    }
}
