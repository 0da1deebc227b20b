/// Writes a Decision-Ready Digest: state, roster, queue, then each new fact as one JSON line in an `event` block, and how to answer.
///
/// Whatever is in it, a digest has a bounded size, and foreign text can't leave its line or its fence. Long strings are cut before facts are
/// left out; the first fact is always told.
package enum DigestText {
    /// A digest as written.
    package struct Composed: Sendable, Hashable {
        /// The text.
        package var text: String
        /// How many of the entries are told, from the first on.
        ///
        /// The others wait for the next digest: nothing is lost (I3).
        package var told: Int
    }

    /// The most agents and the most issues that are listed.
    static let rowLimit = 40
    /// The least room that is kept for facts, however long the lists are, in bytes.
    static let entryRoom = 4_096

    /// The text alone; see `compose`.
    package static func render(_ facts: DigestFacts) -> String { compose(facts).text }

    /// The text, and how much of the facts it tells.
    package static func compose(_ facts: DigestFacts) -> Composed {
        let limit = max(facts.limit, 2 * entryRoom)
        let closing = self.closing(facts)
        let noteRoom = 200
        let head = bounded(
            header(facts) + roster(facts.agents) + queue(facts.queue),
            to: limit - entryRoom - closing.utf8.count - noteRoom
        )
        var room = limit - head.utf8.count - closing.utf8.count - noteRoom
        var text = head
        var told = 0
        if !facts.entries.isEmpty { text += "\nNEW FACTS\n" }
        for entry in facts.entries {
            guard let block = block(entry, room: room, must: told == 0) else { break }
            text += block
            room -= block.utf8.count
            told += 1
        }
        if told < facts.entries.count {
            text += "(\(facts.entries.count - told) more facts did not fit: they come with the next digest)\n"
        }
        return Composed(text: text + closing, told: told)
    }

    private static func header(_ facts: DigestFacts) -> [String] {
        var lines = ["DECISION-READY DIGEST #\(facts.number)"]
        let mode = "autopilot \(facts.autopilot ? "on" : "off"), dangerous \(facts.dangerous ? "on" : "off")"
        lines.append("WIP \(facts.wipUsed) of \(facts.wipLimit); \(mode)")
        if let held = facts.held { lines.append("No new work is started: \(line(held, 200))") }
        return lines
    }

    private static func roster(_ agents: [DigestFacts.Agent]) -> [String] {
        guard !agents.isEmpty else { return ["", "AGENTS", "none"] }
        return ["", "AGENTS"] + agents.prefix(rowLimit).map(row) + more(agents.count)
    }

    private static func row(_ agent: DigestFacts.Agent) -> String {
        let issue = agent.issue.map { " #\($0)" } ?? ""
        let tokens = "\(agent.tokens)\(agent.tokensMax.map { " of \($0)" } ?? "") tokens"
        let time = "\(DurationText.format(agent.workedMs)) of \(DurationText.format(agent.budgetMs))"
        let report = agent.lastReport.map { "; last: \(line($0, 160))" } ?? ""
        return "- \(line(agent.name, 64))\(issue) [\(line(agent.state, 60))] \(time), \(tokens)\(report)"
    }

    private static func queue(_ queue: [DigestFacts.Waiting]) -> [String] {
        guard !queue.isEmpty else { return ["", "WAITING", "none"] }
        let rows = queue.prefix(rowLimit).map {
            "- #\($0.issue) P\($0.priority) \(line($0.title, 80)): \(line($0.reason, 120))"
        }
        return ["", "WAITING"] + rows + more(queue.count)
    }

    private static func more(_ count: Int) -> [String] { count > rowLimit ? ["- and \(count - rowLimit) more"] : [] }

    /// Lines up to a number of bytes.
    private static func bounded(_ lines: [String], to limit: Int) -> String {
        var text = ""
        for (index, line) in lines.enumerated() {
            guard text.utf8.count + line.utf8.count + 40 <= limit else {
                return text + "- and \(lines.count - index) more lines\n"
            }
            text += line + "\n"
        }
        return text
    }

    /// A fact in its fence; nil when it does not fit.
    ///
    /// Its longest strings are cut to a share of the room first.
    private static func block(_ entry: DigestFacts.Entry, room: Int, must: Bool) -> String? {
        let whole = fenced(entry, entry.data)
        if whole.utf8.count <= room { return whole }
        // Escapes and the fence cost room too: an eighth of it is surely enough for one string.
        for share in [2, 4, 8, 32] where must || room / share >= 512 {
            let cut = fenced(entry, clipped(entry.data, to: max(room, entryRoom / 2) / share))
            if cut.utf8.count <= room { return cut }
        }
        return must ? fenced(entry, ["note": "this fact is too long to be told: ask with `orch query`"]) : nil
    }

    private static func fenced(_ entry: DigestFacts.Entry, _ data: JSONValue) -> String {
        var line = "{\"type\":\(JSONValue.string(Clip.characters(entry.type, 60)).canonicalText)"
        if var members = data.objectValue {
            members["type"] = nil
            let rest = JSONValue.object(members).canonicalText
            line += members.isEmpty ? "}" : "," + rest.dropFirst()
        } else {
            line += data.isNull ? "}" : ",\"data\":\(data.canonicalText)}"
        }
        return "```event\n\(line)\n```\n"
    }

    /// The value with strings of at most so many bytes; what was cut says how much.
    private static func clipped(_ value: JSONValue, to limit: Int) -> JSONValue {
        switch value {
        case .string(let text):
            let count = text.utf8.count
            guard count > limit else { return value }
            let kept = Clip.bytes(text, limit)
            return .string("\(kept)… [cut: \(count - kept.utf8.count) of \(count) bytes]")
        case .array(let elements):
            let kept = elements.prefix(50).map { clipped($0, to: limit) }
            return .array(elements.count > 50 ? kept + [.string("… and \(elements.count - 50) more")] : kept)
        case .object(let members): return .object(members.mapValues { clipped($0, to: limit) })
        case .null, .bool, .integer, .double: return value
        }
    }

    private static func closing(_ facts: DigestFacts) -> String {
        let how = "Decide now: use the orch_ tools or ```control blocks. If nothing needs doing, say so in one line."
        guard !facts.autopilot else { return "\n\(how)\n" }
        return "\n\(how) Autopilot is off: what you ask for is recorded and shown to a person, and not done.\n"
    }

    private static func line(_ text: String, _ limit: Int) -> String { SafeText.line(Clip.characters(text, limit)) }
}
