/// Finds what the orchestrator asks for in a message: fenced `control` blocks, and bare JSON lines.
///
/// A block may hold one object, several, one per line, or a list of them; prose around them is passed over. Outside of all fences a line
/// counts when it is one JSON object whose only member is a known verb. Other fences (`json`, `event`, none) are quotations. What looks like
/// an instruction and can't be read is an item too, refused with the reason: nothing disappears (I3). Each byte is parsed at most twice.
package enum ControlParser {
    /// More items than this in one message are refused as one (I7).
    package static let itemLimit = 64

    /// The items, in the order in which they are written; never fails.
    package static func parse(_ text: String) -> [ControlItem] {
        var items: [ControlItem] = []
        var fence = MarkdownFence()
        var block: [UInt8]?
        for line in TextLine.all(of: text) {
            switch fence.take(line) {
            case .opening(let info): block = info == "control" ? [] : nil
            case .inside:
                if block != nil {
                    block?.append(contentsOf: line.bytes)
                    block?.append(UInt8(ascii: "\n"))
                }
            case .closing:
                if let bytes = block { items += ControlBlock.items(of: bytes) }
                block = nil
            case .outside:
                if let item = bareItem(line) { items.append(item) }
            }
        }
        // A message that was cut ends within its block: what is whole in it still counts.
        if let bytes = block { items += ControlBlock.items(of: bytes) }
        guard items.count > itemLimit else { return items }
        let reason = "one message may ask for \(itemLimit) things: what came after was left out; ask for it again"
        return items.prefix(itemLimit) + [.refused(reason, payload: .null)]
    }

    /// The text without blocks and bare lines, for people; blank lines that this leaves are taken out at both ends.
    package static func strip(_ text: String) -> String {
        var fence = MarkdownFence()
        var isControl = false
        var kept: [TextLine] = []
        for line in TextLine.all(of: text) {
            let place = fence.take(line)
            if case .opening(let info) = place { isControl = info == "control" }
            switch place {
            case .opening, .inside: if !isControl { kept.append(line) }
            case .closing:
                if !isControl { kept.append(line) }
                isControl = false
            case .outside: if bareItem(line) == nil { kept.append(line) }
            }
        }
        guard let first = kept.firstIndex(where: { !$0.isBlank }), let last = kept.lastIndex(where: { !$0.isBlank })
        else { return "" }
        let bytes = Array(kept[first...last].map(\.bytes).joined(separator: [UInt8(ascii: "\n")]))
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The item that a line outside of fences is, if it is one.
    private static func bareItem(_ line: TextLine) -> ControlItem? {
        guard line.indent <= 3 else { return nil }
        let content = line.trimmed
        guard content.first == UInt8(ascii: "{"), content.last == UInt8(ascii: "}"), beginsWithVerb(content) else {
            return nil
        }
        // `try?`: a line that is no JSON is prose.
        guard let value = try? JSONValue(parsing: Array(content)) else { return nil }
        guard let members = value.objectValue, members.count == 1, let member = members.first,
            ControlVerb.Name(rawValue: member.key) != nil
        else { return nil }
        return ControlItem(object: value)
    }

    /// Whether an object's first member is a verb: tells cheaply that most lines are none of ours.
    private static func beginsWithVerb(_ content: ArraySlice<UInt8>) -> Bool {
        let inner = content.dropFirst().trimmed
        guard inner.first == UInt8(ascii: "\"") else { return false }
        let key = inner.dropFirst().prefix(16).prefix { $0 != UInt8(ascii: "\"") }
        return ControlVerb.Name(rawValue: String(decoding: key, as: UTF8.self)) != nil
    }
}
