/// Makes a tree of a template's tokens.
struct TemplateParser {
    /// Deeper nesting is refused.
    static let depthLimit = 32

    private let tokens: [TemplateLexer.Token]
    private var at = 0
    private var depth = 0

    init(tokens: [TemplateLexer.Token]) { self.tokens = tokens }

    /// The whole template.
    mutating func document() throws(TemplateError) -> [TemplateNode] {
        let (nodes, end) = try block(until: [], opened: nil)
        if let end { throw TemplateError(.syntax, "`{% \(end.word) %}` closes nothing", line: end.line) }
        return nodes
    }

    /// A tag that ends a block.
    private struct End {
        var word: String
        var rest: String
        var line: Int
    }

    private mutating func block(until ends: Set<String>, opened: (tag: String, line: Int)?) throws(TemplateError) -> (
        [TemplateNode], End?
    ) {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthLimit else {
            throw TemplateError(.syntax, "more than \(Self.depthLimit) blocks in each other", line: opened?.line ?? 1)
        }
        var nodes: [TemplateNode] = []
        while at < tokens.count {
            let token = tokens[at]
            at += 1
            switch token.kind {
            case .text: nodes.append(.text(token.text))
            case .output: nodes.append(.output(try TemplateExpressionParser.expression(token.text, line: token.line)))
            case .tag:
                let (word, rest) = Self.split(token.text)
                if ends.contains(word) || Self.isEnd(word) {
                    return (nodes, End(word: word, rest: rest, line: token.line))
                }
                nodes.append(try tag(word, rest, line: token.line))
            }
        }
        if let opened {
            throw TemplateError(
                .syntax,
                "`{% \(opened.tag) %}` is not closed by `{% end\(opened.tag) %}`",
                line: opened.line
            )
        }
        return (nodes, nil)
    }

    private mutating func tag(_ word: String, _ rest: String, line: Int) throws(TemplateError) -> TemplateNode {
        switch word {
        case "if": return try branches(rest, tag: word, line: line)
        case "unless": return try branches(rest, tag: word, line: line)
        case "for": return try loop(rest, line: line)
        default:
            let shown = SafeText.line(Clip.characters(word, 40))
            throw TemplateError(
                .unknownTag,
                "unknown tag `\(shown)`: the tags are if, unless, for, raw and comment",
                line: line
            )
        }
    }

    private mutating func branches(_ condition: String, tag: String, line: Int) throws(TemplateError) -> TemplateNode {
        var branches: [TemplateNode.Branch] = []
        var next: TemplateCondition? = try TemplateExpressionParser.condition(condition, line: line)
        if tag == "unless", let first = next { next = .not(first) }
        while true {
            let isLast = next == nil
            let (body, end) = try block(
                until: isLast ? ["end" + tag] : ["elsif", "else", "end" + tag],
                opened: (tag, line)
            )
            branches.append(TemplateNode.Branch(condition: next, body: body))
            guard let end else { return .branches(branches) }
            switch end.word {
            case "end" + tag: return .branches(branches)
            case "else" where !isLast && end.rest.isEmpty: next = nil
            case "elsif" where !isLast: next = try TemplateExpressionParser.condition(end.rest, line: end.line)
            default:
                throw TemplateError(
                    .syntax,
                    "`{% \(end.word) %}` can't stand here, in `{% \(tag) %}` of line \(line)",
                    line: end.line
                )
            }
        }
    }

    private mutating func loop(_ rest: String, line: Int) throws(TemplateError) -> TemplateNode {
        let words = rest.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true)
        guard words.count == 3, words[1] == "in", TemplateExpressionParser.isName(words[0]) else {
            throw TemplateError(.syntax, "a loop is written `{% for item in list %}`", line: line)
        }
        let list = try TemplateExpressionParser.expression(String(words[2]), line: line)
        let (body, end) = try block(until: ["else", "endfor"], opened: ("for", line))
        var otherwise: [TemplateNode] = []
        var last = end
        if end?.word == "else" { (otherwise, last) = try block(until: ["endfor"], opened: ("for", line)) }
        guard last?.word == "endfor" else {
            throw TemplateError(
                .syntax,
                "`{% \(last?.word ?? "") %}` can't stand here, in `{% for %}` of line \(line)",
                line: last?.line ?? line
            )
        }
        return .loop(TemplateNode.Loop(name: String(words[0]), list: list, body: body, otherwise: otherwise))
    }

    /// Words that end some block: outside of theirs they are mistakes, not unknown tags.
    private static func isEnd(_ word: String) -> Bool {
        ["endif", "endunless", "endfor", "endraw", "endcomment", "else", "elsif"].contains(word)
    }

    private static func split(_ text: String) -> (String, String) {
        let parts = text.split(maxSplits: 1, omittingEmptySubsequences: true) {
            $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r\n"
        }
        return (parts.first.map(String.init) ?? "", parts.count > 1 ? String(parts[1]) : "")
    }
}
