/// One thing that the orchestrator asked for, by a block or by a tool: understood, or refused with a reason.
package struct ControlItem: Sendable, Hashable {
    /// The verb as it was written; `invalid` where no verb could be read.
    package var verb: String
    /// What was written, for the decision log; a string where it is no JSON.
    package var payload: JSONValue
    /// What it means.
    package var parsed: Result<ControlVerb, Refusal>

    /// The verb of an item in which none could be read.
    package static let invalidVerb = "invalid"

    /// An item.
    package init(verb: String, payload: JSONValue, parsed: Result<ControlVerb, Refusal>) {
        self.verb = verb
        self.payload = payload
        self.parsed = parsed
    }

    /// Why it is refused, if it is.
    package var refusal: String? {
        if case .failure(let refusal) = parsed { refusal.reason } else { nil }
    }

    /// Reads an object of the form `{"verb": {…}}`.
    init(object value: JSONValue) {
        guard case .object(let members) = value, let member = members.first else {
            self = .refused("a control object looks like {\"send\":{\"to\":\"…\",\"task\":\"…\"}}", payload: value)
            return
        }
        guard members.count == 1 else {
            let names = members.keys.sorted().prefix(8).map { Clip.characters($0, 20) }.joined(separator: ", ")
            self = .refused("one verb per object: this one has \(members.count) members (\(names))", payload: value)
            return
        }
        self.init(verb: member.key, fields: member.value)
    }

    /// Reads the fields of a verb.
    init(verb: String, fields: JSONValue) {
        let name = Clip.characters(verb, 40)
        self.init(verb: name, payload: fields, parsed: ControlVerb.parse(verb: verb, fields: fields))
    }

    /// An item in which no verb could be read.
    static func refused(_ reason: String, payload: JSONValue) -> ControlItem {
        ControlItem(verb: invalidVerb, payload: payload, parsed: .failure(Refusal(reason)))
    }
}
