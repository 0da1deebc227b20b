/// Reads a charter line by line.
struct CharterParser {
    private var lines: [CharterSection: [ProseLine]] = [:]
    private var preamble: [ProseLine] = []
    private var current: CharterSection?
    private var level = 0
    private var hasHeading = false

    /// Takes a whole body.
    mutating func read(_ body: String) {
        let prose = ProseLine.all(of: body)
        var index = prose.startIndex
        while index < prose.endIndex {
            let next = index + 1 < prose.endIndex ? prose[index + 1] : nil
            if !prose[index].isCode, let heading = heading(at: prose[index].line, next: next) {
                take(heading.value)
                index += heading.lines
                continue
            }
            add(prose[index])
            index += 1
        }
    }

    /// What was read.
    var charter: Charter {
        Charter(
            goal: text(lines[.goal] ?? preamble),
            acceptance: AcceptanceList.items(of: lines[.acceptance] ?? []),
            scope: text(lines[.scope] ?? []),
            validation: text(lines[.validation] ?? [])
        )
    }

    private func heading(at line: TextLine, next: ProseLine?) -> (value: MarkdownHeading, lines: Int)? {
        if let heading = MarkdownHeading(line, plain: CharterSection.isName) { return (heading, 1) }
        // A title of our words above `---` or `===`; above other text `---` is a rule or a table.
        guard let next, !next.isCode, line.indent <= 3, let level = MarkdownHeading.underline(next.line),
            let heading = MarkdownHeading(underlined: line, level: level), CharterSection(title: heading.title) != nil
        else { return nil }
        return (heading, 2)
    }

    private mutating func take(_ heading: MarkdownHeading) {
        if let section = CharterSection(title: heading.title) {
            hasHeading = true
            current = section
            level = heading.level
            let isFirst = lines[section] == nil
            lines[section, default: []] += []
            // The second heading of a section stays to be seen, and so does one that turns the meaning of what follows round.
            if !isFirst || heading.title.hasPrefix("out of scope") || heading.title.hasPrefix("non-goals") {
                add(heading.title + ":")
            }
            if !heading.rest.isEmpty { add(heading.rest) }
        } else if current != nil, heading.level > level {
            add(heading.title + ":")
        } else {
            current = nil
            if !hasHeading, heading.level == 7 { add(heading.title) }
        }
    }

    private mutating func add(_ text: String) {
        add(ProseLine(line: TextLine(bytes: Array(text.utf8)[...]), isCode: false))
    }

    private mutating func add(_ line: ProseLine) {
        if let current {
            lines[current, default: []].append(line)
        } else if !hasHeading {
            preamble.append(line)
        }
    }

    /// The lines as one text, without blank lines at its ends.
    private func text(_ lines: [ProseLine]) -> String {
        guard let first = lines.firstIndex(where: { !$0.line.isBlank }),
            let last = lines.lastIndex(where: { !$0.line.isBlank })
        else { return "" }
        let bytes = Array(lines[first...last].map(\.line.bytes).joined(separator: [UInt8(ascii: "\n")]))
        return String(decoding: bytes, as: UTF8.self)
    }
}
