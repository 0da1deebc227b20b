/// What the orchestrator can ask the hub to do.
package enum ControlVerb: Sendable, Hashable {
    /// Starts an agent, or forwards the task to the one with this name.
    case spawn(name: String, task: String, issue: Int?)
    /// Gives an agent a message.
    case send(to: String, task: String)
    /// Ends an agent's run; without an outcome it is `done`.
    case close(agent: String, outcome: AgentOutcome?)
    /// Tells people how things stand.
    case status(issue: Int?, text: String)
    /// Attaches a stored text to the next digest.
    case fetch(artifact: String, maxChars: Int)
    /// Runs a git or gh command in a worktree: the agent's, or the repository's.
    case exec(argv: [String], agent: String?)

    /// The verbs, as written.
    package enum Name: String, Sendable, Hashable, CaseIterable {
        case spawn, send, close, status, fetch, exec
    }

    /// The verb as written.
    package var name: Name {
        switch self {
        case .spawn: .spawn
        case .send: .send
        case .close: .close
        case .status: .status
        case .fetch: .fetch
        case .exec: .exec
        }
    }

    /// The longest task or message, in bytes: Codex takes 1 MiB, and the charter is put before it.
    package static let taskLimit = 200_000
    /// The longest status text, in bytes: GitHub takes 65,536 characters in a comment.
    package static let statusLimit = 60_000
    /// How much of an artifact is fetched when nobody says.
    package static let fetchDefault = 4_000
    /// The most that is fetched of an artifact: it must fit a digest.
    package static let fetchLimit = 20_000

    /// Reads a verb's fields; types, lengths and names are checked, and unknown fields refused.
    package static func parse(verb: String, fields: JSONValue) -> Result<ControlVerb, Refusal> {
        do throws(Refusal) {
            guard let name = Name(rawValue: verb) else {
                let verbs = Name.allCases.map(\.rawValue).joined(separator: ", ")
                throw Refusal("unknown verb `\(SafeText.line(Clip.characters(verb, 40)))`: the verbs are \(verbs)")
            }
            guard case .object(let members) = fields else {
                throw Refusal("\(verb): its fields must be an object, as in \(example(of: name))")
            }
            return .success(try read(name, ControlFields(verb: name, members: members)))
        } catch {
            return .failure(error)
        }
    }

    private static func read(_ name: Name, _ fields: ControlFields) throws(Refusal) -> ControlVerb {
        switch name {
        case .spawn:
            guard fields.isAbsent("cwd") else {
                throw Refusal("spawn: `cwd` must be null: the hub gives each agent a worktree of its own")
            }
            try fields.allow(["name", "task", "issue", "cwd"])
            return .spawn(
                name: try fields.agent("name", isNew: true),
                task: try fields.text("task", limit: taskLimit),
                issue: try fields.issue()
            )
        case .send:
            try fields.allow(["to", "task"])
            return .send(to: try fields.agent("to"), task: try fields.text("task", limit: taskLimit))
        case .close:
            try fields.allow(["agent", "outcome"])
            return .close(agent: try fields.agent("agent"), outcome: try fields.outcome())
        case .status:
            try fields.allow(["issue", "text"])
            return .status(issue: try fields.issue(), text: try fields.text("text", limit: statusLimit))
        case .fetch:
            try fields.allow(["artifact", "max_chars"])
            return .fetch(artifact: try fields.artifact(), maxChars: try fields.maxChars())
        case .exec:
            for key in ["env", "environment", "cwd"] where !fields.isAbsent(key) {
                throw Refusal(
                    "exec: `\(key)` is not allowed: a command runs in a worktree, named by `agent`, with the hub's environment"
                )
            }
            try fields.allow(["argv", "agent", "env", "environment", "cwd"])
            let agent = fields.isAbsent("agent") ? nil : try fields.agent("agent")
            return .exec(argv: try fields.argv(), agent: agent)
        }
    }

    /// A block that is right, for messages and prompts.
    package static func example(of name: Name) -> String {
        switch name {
        case .spawn: #"{"spawn":{"name":"iss-12","task":"Fix the parser as #12 asks","issue":12}}"#
        case .send: #"{"send":{"to":"iss-12","task":"Add a test for the empty file"}}"#
        case .close: #"{"close":{"agent":"iss-12","outcome":"done"}}"#
        case .status: #"{"status":{"issue":12,"text":"The fix is in; the tests are next."}}"#
        case .fetch: #"{"fetch":{"artifact":"a1b2c3","max_chars":4000}}"#
        case .exec: #"{"exec":{"argv":["git","log","--oneline","-5"],"agent":"iss-12"}}"#
        }
    }
}
