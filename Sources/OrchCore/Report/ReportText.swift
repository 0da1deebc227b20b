/// Reads a sub-agent's end-of-step report.
///
/// The convention is in `Prompts.subAgentSystem`: `### Summary`, `### Changes`, `### Next Actions` and a last line `Status: …`. Agents keep to
/// it more or less, so everything is optional and Markdown around the words is looked through. What stands in code fences is quoted.
package enum ReportText {
    /// The longest summary, in Unicode scalars.
    package static let summaryLimit = 300
    /// The longest reason for being blocked, in Unicode scalars.
    package static let reasonLimit = 500

    /// The first line that says something: not a heading, a rule, a fence or the status; without any, the first heading.
    package static func summary(of text: String) -> String {
        var heading: String?
        for prose in ProseLine.all(of: text) where !prose.isCode && !prose.line.isBlank {
            if let found = MarkdownHeading(prose.line) {
                let title = prose.line.trimmed.drop { $0 == UInt8(ascii: "#") || $0.isSpace }
                if !found.title.isEmpty, heading == nil { heading = String(decoding: title, as: UTF8.self) }
                continue
            }
            let content = unlisted(prose.line.trimmed)
            let saysSomething = content.contains { $0.isLetter || $0.isDigit || $0 >= 0x80 }
            guard saysSomething, statusValue(prose.line) == nil, content.first != UInt8(ascii: "{") else { continue }
            return Clip.characters(String(decoding: content, as: UTF8.self), summaryLimit)
        }
        return Clip.characters(heading ?? "", summaryLimit)
    }

    /// What the report says of the work: by its last `Status:` line, else by its next actions.
    ///
    /// Without a status line, `### Next Actions` with nothing or `none` below it means done, and with something, that there is more to do.
    package static func status(of text: String) -> ReportStatus {
        var said = ReportStatus.unknown
        var nextActions: [ArraySlice<UInt8>]?
        var isNext = false
        for prose in ProseLine.all(of: text) {
            if !prose.isCode {
                if let value = statusValue(prose.line) {
                    let read = status(value: value)
                    if read != .unknown { said = read }
                    continue
                }
                if let heading = MarkdownHeading(prose.line, plain: isNextActions) {
                    isNext = isNextActions(heading.title)
                    if isNext { nextActions = heading.rest.isEmpty ? [] : [Array(heading.rest.utf8)[...]] }
                    continue
                }
            }
            if isNext, !prose.line.isBlank { nextActions?.append(prose.line.trimmed) }
        }
        guard said == .unknown, let nextActions else { return said }
        return nextActions.allSatisfy(saysNone) ? .done : .goOn
    }

    /// What follows `Status:` on a line, past marks of lists, headings and emphasis.
    private static func statusValue(_ line: TextLine) -> ArraySlice<UInt8>? {
        var slice = line.trimmed
        while let first = slice.first, first.isSpace || "#*_->`+".utf8.contains(first) { slice.removeFirst() }
        guard slice.begins(with: "status") else { return nil }
        slice = slice.dropFirst(6)
        while let first = slice.first, first.isSpace || "*_`".utf8.contains(first) { slice.removeFirst() }
        guard let mark = slice.first, mark == UInt8(ascii: ":") || mark == UInt8(ascii: "=") else { return nil }
        slice = slice.dropFirst()
        while let first = slice.first, first.isSpace || "*_`".utf8.contains(first) { slice.removeFirst() }
        while let last = slice.last, last.isSpace || "*_`".utf8.contains(last) { slice.removeLast() }
        return slice
    }

    private static func status(value: ArraySlice<UInt8>) -> ReportStatus {
        let word = value.prefix { $0.isLetter || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
        let rest = value.dropFirst(word.count).trimmed
        // `done|continue|blocked` is the convention quoted, not a status.
        if let next = rest.first, next == UInt8(ascii: "|") || next == UInt8(ascii: "/") { return .unknown }
        switch String(decoding: word.prefix(20).map(\.lowercased), as: UTF8.self) {
        case "done", "complete", "completed", "finished": return .done
        case "continue", "continuing", "ongoing", "in-progress", "in_progress", "working": return .goOn
        case "in" where rest.begins(with: "progress"): return .goOn
        case "blocked":
            let why = rest.drop { $0.isSpace || ":-–—(,.".utf8.contains($0) }
            let text = Clip.characters(String(decoding: why.trimmed, as: UTF8.self), reasonLimit)
            return .blocked(text.isEmpty ? "no reason was given" : text)
        default: return .unknown
        }
    }

    private static func isNextActions(_ title: String) -> Bool {
        title.hasPrefix("next action") || title.hasPrefix("next step")
    }

    /// Whether a line says that there is nothing: `- None.`, `n/a`, `nothing left`, a rule.
    private static func saysNone(_ line: ArraySlice<UInt8>) -> Bool {
        let letters = line.filter { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "/") || $0 >= 0x80 || $0 == 0x20 }
            .map(\.lowercased)
        switch String(decoding: letters[...].trimmed.prefix(40), as: UTF8.self) {
        case "", "none", "n/a", "na", "nothing", "nothing left", "nothing more", "no further actions",
            "no next actions", "none required",
            "none needed", "no further action", "none this is complete", "nothing further", "no further action needed",
            "no further actions needed", "no further steps":
            return true
        default: return false
        }
    }

    private static func unlisted(_ content: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let first = content.first, "-*+>".utf8.contains(first), let second = content.dropFirst().first,
            second.isSpace
        else {
            return content
        }
        return content.dropFirst().trimmed
    }
}
