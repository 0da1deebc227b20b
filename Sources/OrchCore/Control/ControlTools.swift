/// The verbs as Codex dynamic tools, for `thread/start`'s `dynamicTools`.
///
/// Codex does not check a call's arguments against the schema (seen with 0.163), so `parse` does, with the same rules as for blocks.
package enum ControlTools {
    /// What the names of the tools begin with.
    package static let prefix = "orch_"

    /// The tools, as the `dynamicTools` array.
    package static let definitions: JSONValue = .array(ControlVerb.Name.allCases.map(definition))

    /// The name of a verb's tool.
    package static func tool(of verb: ControlVerb.Name) -> String { prefix + verb.rawValue }

    /// Reads a call.
    ///
    /// - Parameters:
    ///   - tool: the tool's name as Codex sends it.
    ///   - arguments: the arguments: an object, or a string that holds one.
    /// - Returns: an item; an unknown tool and wrong arguments are refused with the reason.
    package static func parse(tool: String, arguments: JSONValue) -> ControlItem {
        guard tool.hasPrefix(prefix), let verb = ControlVerb.Name(rawValue: String(tool.dropFirst(prefix.count))) else {
            let tools = ControlVerb.Name.allCases.map(self.tool).joined(separator: ", ")
            let shown = SafeText.line(Clip.characters(tool, 40))
            return .refused("unknown tool `\(shown)`: the tools are \(tools)", payload: arguments)
        }
        guard case .string(let text) = arguments else { return ControlItem(verb: verb.rawValue, fields: arguments) }
        do throws(JSONParseError) {
            return ControlItem(verb: verb.rawValue, fields: try JSONValue(parsing: text))
        } catch {
            let reason = "\(verb.rawValue): the arguments are no JSON: \(error.description)"
            return ControlItem(verb: verb.rawValue, payload: arguments, parsed: .failure(Refusal(reason)))
        }
    }

    private static func definition(_ verb: ControlVerb.Name) -> JSONValue {
        let (description, properties, required) = shape(of: verb)
        return [
            "type": "function",
            "name": .string(tool(of: verb)),
            "description": .string(description),
            "inputSchema": [
                "type": "object",
                "properties": .object(properties),
                "required": .array(required.map { .string($0) }),
                "additionalProperties": false,
            ],
        ]
    }

    private static func shape(of verb: ControlVerb.Name) -> (String, [String: JSONValue], [String]) {
        switch verb {
        case .spawn:
            return (
                "Start a sub-agent in a git worktree of its own, or give the task to the running agent of that name. Refused when all places are taken.",
                [
                    "name": string("The agent's name: a-z, 0-9, - and _; for issue 12 it is iss-12."),
                    "task": string("What to do, complete in itself: the agent sees nothing of this conversation."),
                    "issue": issue("The issue that the agent works on; its charter is given to the agent."),
                ], ["name", "task"]
            )
        case .send:
            return (
                "Send a message to a running sub-agent. It joins the running turn, or starts the next one.",
                ["to": string("The agent's name."), "task": string("The message.")], ["to", "task"]
            )
        case .close:
            return (
                "End a sub-agent's run. Use outcome done only when every item of the acceptance list is met.",
                [
                    "agent": string("The agent's name."),
                    "outcome": [
                        "type": "string", "enum": ["done", "failed", "cancelled"],
                        "description": "done (the default): complete; failed: to be tried again; cancelled: given up.",
                    ],
                ], ["agent"]
            )
        case .status:
            return (
                "Post a short update for people, on an issue or for the whole hub.",
                [
                    "issue": issue("The issue to post on; without it the update is for the hub."),
                    "text": string("The update, in Markdown."),
                ],
                ["text"]
            )
        case .fetch:
            return (
                "Get the text of an artifact (a report, a log, a diff). It comes with the next digest.",
                [
                    "artifact": string("The id as shown in a digest, or at least its first 4 digits."),
                    "max_chars": [
                        "type": "integer", "minimum": 1, "maximum": .integer(Int64(ControlVerb.fetchLimit)),
                        "description": .string("How much of it; \(ControlVerb.fetchDefault) when not given."),
                    ],
                ], ["artifact"]
            )
        case .exec:
            return (
                "Run one read-mostly git or gh command in a worktree, without a shell. Only with dangerous mode and autopilot on.",
                [
                    "argv": [
                        "type": "array", "items": ["type": "string"], "minItems": 2,
                        "description": "The command and its arguments, as in [\"git\",\"log\",\"--oneline\",\"-5\"].",
                    ],
                    "agent": string("Whose worktree; without it the repository's."),
                ], ["argv"]
            )
        }
    }

    private static func string(_ description: String) -> JSONValue {
        ["type": "string", "description": .string(description)]
    }

    private static func issue(_ description: String) -> JSONValue {
        ["type": "integer", "minimum": 1, "description": .string(description)]
    }
}
