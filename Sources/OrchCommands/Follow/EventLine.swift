import OrchCore
import OrchStore

/// An event as an aligned, coloured line: number, time, agent, kind, what happened; control payloads below it.
struct EventLine {
    let output: Output
    /// Width of the column of kinds.
    static let kindWidth = 22
    /// Width of the column of agents.
    static let agentWidth = 14
    /// Members whose text speaks for itself, in the order in which they are looked for.
    static let speaking = ["message", "reason", "summary", "text", "title", "detail", "name", "error"]

    /// The lines of an event, without the last line's end.
    func text(_ event: FeedEvent) -> String {
        let head = "\(Column.right(String(event.seq), 6))  \(TimeText.clock(event.atMs))  "
        let agent = Column.left(SafeText.line(event.agent ?? event.issue.map { "#\($0)" } ?? "hub"), Self.agentWidth)
        let kind = Column.left(SafeText.line(event.kind), Self.kindWidth)
        let coloured = Self.ink(event.kind).map { output.ink($0, kind) } ?? kind
        var text = output.ink(.dim, head) + output.ink(.bold, agent) + "  " + coloured + "  "
        text += cut(
            SafeText.line(Self.words(event)),
            margin: DisplayWidth.of(head) + Self.agentWidth + Self.kindWidth + 4
        )
        for line in Self.payload(event) {
            text += "\n" + output.ink(.dim, String(repeating: " ", count: 18) + "│ " + cut(line, margin: 20))
        }
        return Column.trimmed(text)
    }

    /// Nothing is cut where there is no terminal.
    private func cut(_ text: String, margin: Int) -> String {
        output.isTerminal ? DisplayWidth.fit(text, max(20, output.width - margin)) : text
    }

    /// What happened, in one line: the speaking member first, the other scalars as `key=value`.
    static func words(_ event: FeedEvent) -> String {
        guard let members = event.data.objectValue else { return event.data == .null ? "" : Words.plain(event.data) }
        let main = speaking.first { members[$0]?.stringValue?.isEmpty == false }
        var parts = main.flatMap { members[$0]?.stringValue }.map { [$0] } ?? []
        if let from = members["from"]?.stringValue, let to = members["to"]?.stringValue, from != to || main == nil {
            parts.insert("\(from) → \(to)", at: 0)
        }
        for (key, value) in members.sorted(by: { $0.key < $1.key }) {
            guard key != main, !["from", "to", "payload"].contains(key), !value.isNull else { continue }
            if value.arrayValue != nil || value.objectValue != nil { continue }
            parts.append("\(key)=\(shortened(Words.plain(value)))")
        }
        return parts.joined(separator: "  ")
    }

    /// Ids of commits and artifacts as people write them.
    private static func shortened(_ text: String) -> String {
        let isHash = (text.utf8.count == 40 || text.utf8.count == 64) && text.allSatisfy(\.isHexDigit)
        return isHash ? String(text.prefix(12)) : text
    }

    /// A decision's control payload, one member a line.
    static func payload(_ event: FeedEvent) -> [String] {
        guard event.kind.hasPrefix("decision."), let members = event.data["payload"]?.objectValue else { return [] }
        return members.sorted { $0.key < $1.key }.map { SafeText.line("\($0.key): \(Words.plain($0.value))") }
    }

    /// Whether an event is worth a line for a person: a gate that opens tells of no trouble.
    static func isWorthALine(_ event: FeedEvent) -> Bool {
        event.kind != "gate" || event.data["pass"]?.boolValue != true
    }

    /// The colour of a kind.
    static func ink(_ kind: String) -> Ink? {
        if ["failed", "fault", "stalled", "parked", "lost", "invalid", "refused", "denied"].contains(
            where: kind.hasSuffix
        ) {
            return .red
        }
        switch kind.prefix(while: { $0 != "." }) {
        case "agent": return .cyan
        case "turn": return .blue
        case "decision", "digest": return .magenta
        case "issue": return .green
        case "approval", "hub": return .yellow
        default: return .dim
        }
    }
}
