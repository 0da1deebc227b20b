import OrchCore
import Testing

@Suite struct AgentNameTests {
    @Test(
        arguments: [
            ("coder", "coder"), ("Coder A", "coder_a"), ("  Iss-128 ", "iss-128"), ("a.b/c", "a_b_c"),
            ("a  !! b", "a_b"), ("a_b", "a_b"),
            ("É2", "_2"), ("--rf", "rf"), ("a-b--c", "a-b--c"), ("123", "123"),
            (String(repeating: "x", count: 64), String(repeating: "x", count: 64)),
        ])
    func `a name has one form`(text: String, name: String) throws {
        #expect(try AgentName.normalise(text) == name)
        #expect(try AgentName.normalise(name) == name)
    }

    @Test(arguments: [
        "", "   ", "!!!", "日本", "-", "_", String(repeating: "x", count: 65), String(repeating: "x", count: 100_000),
    ])
    func `what can't be a name is refused`(text: String) {
        let error = #expect(throws: CoreError.self) { try AgentName.normalise(text) }
        #expect(error?.code == .invalidAgentName)
        #expect((error?.message.utf8.count ?? 0) < 300)
    }

    @Test(arguments: ["orchestrator", "Orchestrator ", "OFF", "app-server"])
    func `reserved names are for nobody new`(text: String) throws {
        #expect(throws: CoreError.self) { try AgentName.new(text) }
        #expect(throws: Never.self) { try AgentName.normalise(text) }
    }

    @Test func `an issue's agent is named after it`() throws {
        #expect(AgentName.forIssue(12) == "iss-12")
        #expect(AgentName.issue(of: "iss-12") == 12)
        #expect(AgentName.issue(of: "iss-012") == nil)
        #expect(AgentName.issue(of: "iss-") == nil)
        #expect(AgentName.issue(of: "iss--1") == nil)
        #expect(AgentName.issue(of: "coder") == nil)
        #expect(try AgentName.new(AgentName.forIssue(12)) == "iss-12")
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `every name is fit for a path, a branch and a command line`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        guard let name = try? AgentName.normalise(random.text(upTo: 40)) else { return }
        #expect((1...64).contains(name.utf8.count))
        #expect(name.first != "-")
        #expect(name.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789-_".utf8.contains($0) })
    }
}
