/// The fields of one verb, read with reasons that the orchestrator can act on.
struct ControlFields {
    let verb: ControlVerb.Name
    let members: [String: JSONValue]

    /// Whether a field is not there, or null.
    func isAbsent(_ key: String) -> Bool { members[key]?.isNull ?? true }

    /// Refuses fields that the verb does not have: a misspelt one would else be lost in silence.
    func allow(_ keys: [String]) throws(Refusal) {
        guard let unknown = members.keys.sorted().first(where: { !keys.contains($0) }) else { return }
        throw refusal(
            "unknown field `\(SafeText.line(Clip.characters(unknown, 40)))`; write it like \(ControlVerb.example(of: verb))"
        )
    }

    /// A text that must be there and must not be blank.
    func text(_ key: String, limit: Int) throws(Refusal) -> String {
        guard let value = members[key], !value.isNull else { throw missing(key) }
        guard let text = value.stringValue else { throw refusal("`\(key)` must be a string") }
        guard !text.utf8.allSatisfy({ $0.isSpace || $0 == 0x0A }) else { throw refusal("`\(key)` is empty") }
        guard text.utf8.count <= limit else {
            throw refusal("`\(key)` is longer than \(limit) bytes: put the rest into a file or an issue")
        }
        return text
    }

    /// An agent's name in its one form.
    func agent(_ key: String, isNew: Bool = false) throws(Refusal) -> String {
        let text = try text(key, limit: 1_000)
        do throws(CoreError) {
            return isNew ? try AgentName.new(text) : try AgentName.normalise(text)
        } catch {
            throw refusal(error.message)
        }
    }

    /// The issue's number, if it is given.
    func issue() throws(Refusal) -> Int? {
        guard let value = members["issue"], !value.isNull else { return nil }
        guard let number = value.intValue, number > 0, number <= Int32.max else {
            throw refusal("`issue` must be the number of an issue, as in 12")
        }
        return Int(number)
    }

    /// How the agent's run ended, if it is given.
    func outcome() throws(Refusal) -> AgentOutcome? {
        guard let value = members["outcome"], !value.isNull else { return nil }
        guard let text = value.stringValue, let outcome = AgentOutcome(rawValue: text), outcome != .budget else {
            throw refusal("`outcome` must be done, failed or cancelled")
        }
        return outcome
    }

    /// The artifact's id or the beginning of it.
    func artifact() throws(Refusal) -> String {
        let text = try text("artifact", limit: 1_000)
        let id = Array(text.utf8)[...].trimmed.map(\.lowercased)
        guard (4...64).contains(id.count),
            id.allSatisfy({ $0.isDigit || $0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "f") })
        else {
            throw refusal("`artifact` must be an artifact's id or at least its first 4 hexadecimal digits")
        }
        return String(decoding: id, as: UTF8.self)
    }

    /// How much to fetch; more than the limit is the limit.
    func maxChars() throws(Refusal) -> Int {
        guard let value = members["max_chars"], !value.isNull else { return ControlVerb.fetchDefault }
        guard let number = value.intValue, number > 0 else {
            throw refusal("`max_chars` must be a number from 1 to \(ControlVerb.fetchLimit)")
        }
        return Int(min(number, Int64(ControlVerb.fetchLimit)))
    }

    /// A command with its arguments; whether it may run is for `ExecPolicy` to say.
    func argv() throws(Refusal) -> [String] {
        guard let value = members["argv"], !value.isNull else { throw missing("argv") }
        guard let elements = value.arrayValue, !elements.isEmpty else {
            throw refusal("`argv` must be a list of strings, as in [\"git\",\"status\"]: there is no shell")
        }
        var argv: [String] = []
        for element in elements.prefix(ExecPolicy.argumentLimit + 1) {
            guard let argument = element.stringValue else {
                throw refusal("`argv` must be a list of strings, as in [\"git\",\"status\"]")
            }
            argv.append(argument)
        }
        return argv
    }

    private func missing(_ key: String) -> Refusal {
        refusal("`\(key)` is missing; write it like \(ControlVerb.example(of: verb))")
    }

    private func refusal(_ reason: String) -> Refusal { Refusal("\(verb.rawValue): \(reason)") }
}
