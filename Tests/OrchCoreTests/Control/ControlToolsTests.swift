import OrchCore
import Testing

@Suite struct ControlToolsTests {
    @Test func `each verb is a tool with a schema that names its fields`() throws {
        let tools = try #require(ControlTools.definitions.arrayValue)
        #expect(
            tools.compactMap { $0["name"]?.stringValue } == [
                "orch_spawn", "orch_send", "orch_close", "orch_status", "orch_fetch", "orch_exec",
            ]
        )
        for tool in tools {
            #expect(tool["type"] == "function")
            #expect(tool["description"]?.stringValue?.isEmpty == false)
            let schema = try #require(tool["inputSchema"])
            #expect(schema["type"] == "object")
            #expect(schema["additionalProperties"] == false)
            let properties = try #require(schema["properties"]?.objectValue)
            for name in try #require(schema["required"]?.arrayValue) {
                #expect(properties[try #require(name.stringValue)] != nil)
            }
            for property in properties.values { #expect(property["type"] != nil && property["description"] != nil) }
        }
    }

    @Test(arguments: ControlVerb.Name.allCases)
    func `a tool and a block mean the same`(name: ControlVerb.Name) throws {
        let block = try #require(ControlParser.parse(ControlVerb.example(of: name)).first)
        #expect(ControlTools.parse(tool: ControlTools.tool(of: name), arguments: block.payload) == block)
        let asText = ControlTools.parse(
            tool: ControlTools.tool(of: name),
            arguments: .string(block.payload.canonicalText)
        )
        #expect(asText.parsed == block.parsed)
    }

    @Test func `the schema allows what the parser takes, and nothing else`() throws {
        for name in ControlVerb.Name.allCases {
            let tool = try #require(
                ControlTools.definitions.arrayValue?.first { $0["name"]?.stringValue == ControlTools.tool(of: name) }
            )
            let example = try #require(ControlParser.parse(ControlVerb.example(of: name)).first?.payload.objectValue)
            let properties = try #require(tool["inputSchema"]?["properties"]?.objectValue)
            #expect(Set(example.keys).isSubset(of: properties.keys))
            #expect(
                ControlTools.parse(
                    tool: ControlTools.tool(of: name),
                    arguments: .object(example.merging(["bogus": 1]) { a, _ in a })
                ).refusal?.contains("bogus") == true
            )
        }
    }

    @Test(arguments: [
        ("orch_dance", "{}"), ("spawn", "{}"), ("orch_", "{}"), ("", "{}"), ("orch_send", "5"), ("orch_send", "null"),
        ("orch_send", "\"no json\""),
    ])
    func `what is no tool or no arguments is refused`(tool: String, arguments: String) throws {
        #expect(ControlTools.parse(tool: tool, arguments: try JSONValue(parsing: arguments)).refusal?.isEmpty == false)
    }
}
