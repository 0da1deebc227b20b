/// Reads values, filters and conditions.
struct TemplateExpressionParser {
    /// A word of an expression.
    private enum Word: Equatable {
        case name(String)
        case string(String)
        case number(JSONValue)
        case mark(String)
    }

    private let words: [Word]
    private var at = 0
    private let line: Int

    /// Reads what stands in `{{ }}`.
    static func expression(_ text: String, line: Int) throws(TemplateError) -> TemplateExpression {
        var parser = TemplateExpressionParser(words: try words(of: text, line: line), line: line)
        let expression = try parser.expression()
        try parser.end()
        return expression
    }

    /// Reads what stands behind `if`.
    static func condition(_ text: String, line: Int) throws(TemplateError) -> TemplateCondition {
        var parser = TemplateExpressionParser(words: try words(of: text, line: line), line: line)
        let condition = try parser.either()
        try parser.end()
        return condition
    }

    /// Whether a text can name a variable.
    static func isName(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, first.isLetter || first == UInt8(ascii: "_") else { return false }
        return text.utf8.allSatisfy(isNameByte)
            && !["true", "false", "nil", "null", "and", "or", "contains", "in"].contains(String(text))
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }

    private init(words: [Word], line: Int) {
        self.words = words
        self.line = line
    }

    private var next: Word? { at < words.count ? words[at] : nil }

    private mutating func take(_ mark: String) -> Bool {
        guard next == .mark(mark) || next == .name(mark) else { return false }
        at += 1
        return true
    }

    private func end() throws(TemplateError) {
        guard let next else { return }
        throw error("`\(Self.shown(next))` can't stand here")
    }

    private func error(_ message: String) -> TemplateError { TemplateError(.syntax, message, line: line) }

    private static func shown(_ word: Word) -> String {
        switch word {
        case .name(let text), .string(let text), .mark(let text): SafeText.line(Clip.characters(text, 40))
        case .number(let value): value.canonicalText
        }
    }

    private mutating func either() throws(TemplateError) -> TemplateCondition {
        var condition = try both()
        while take("or") { condition = .or(condition, try both()) }
        return condition
    }

    private mutating func both() throws(TemplateError) -> TemplateCondition {
        var condition = try comparison()
        while take("and") { condition = .and(condition, try comparison()) }
        return condition
    }

    private mutating func comparison() throws(TemplateError) -> TemplateCondition {
        let left = try expression()
        let sign: String
        switch next {
        case .mark(let mark): sign = mark
        case .name(let name): sign = name
        default: return .value(left)
        }
        guard let comparison = TemplateCondition.Comparison(rawValue: sign) else { return .value(left) }
        at += 1
        return .compare(left, comparison, try expression())
    }

    private mutating func expression() throws(TemplateError) -> TemplateExpression {
        var expression = TemplateExpression(operand: try operand(), filters: [], line: line)
        while take("|") {
            guard case .name(let name) = next else { throw error("a filter should follow `|`") }
            at += 1
            guard let filter = TemplateFilter(rawValue: name) else {
                let all = TemplateFilter.allCases.map(\.rawValue).joined(separator: ", ")
                throw TemplateError(
                    .unknownFilter,
                    "unknown filter `\(SafeText.line(Clip.characters(name, 40)))`: the filters are \(all)",
                    line: line
                )
            }
            var arguments: [TemplateOperand] = []
            if take(":") {
                repeat { arguments.append(try operand()) } while take(",")
            }
            guard filter.arguments.contains(arguments.count) else {
                throw error(
                    "the filter `\(name)` takes \(filter.arguments.upperBound) argument(s), as in `\(filter.example)`"
                )
            }
            expression.filters.append(TemplateExpression.Filter(name: filter, arguments: arguments))
        }
        return expression
    }

    private mutating func operand() throws(TemplateError) -> TemplateOperand {
        guard let word = next else { throw error("a value is missing") }
        at += 1
        switch word {
        case .string(let text): return .literal(.string(text))
        case .number(let value): return .literal(value)
        case .name("true"): return .literal(true)
        case .name("false"): return .literal(false)
        case .name("nil"), .name("null"): return .literal(.null)
        case .name(let name):
            guard Self.isName(name[...]) else { throw error("`\(name)` is no value") }
            return .path(try path(from: name))
        case .mark(let mark): throw error("`\(mark)` stands where a value should be")
        }
    }

    private mutating func path(from name: String) throws(TemplateError) -> [TemplateOperand.Step] {
        var steps: [TemplateOperand.Step] = [.name(name)]
        while true {
            if take(".") {
                guard case .name(let member) = next else {
                    throw error("a name should follow the point after `\(name)`")
                }
                at += 1
                steps.append(.name(member))
            } else if take("[") {
                switch next {
                case .number(.integer(let index)) where (0...Int64(Int32.max)).contains(index):
                    steps.append(.index(Int(index)))
                case .string(let member): steps.append(.name(member))
                default: throw error("a number or a quoted name should be in the brackets after `\(name)`")
                }
                at += 1
                guard take("]") else { throw error("`]` is missing after `\(name)[`") }
            } else {
                return steps
            }
        }
    }

    private static func words(of text: String, line: Int) throws(TemplateError) -> [Word] {
        let bytes = Array(text.utf8)
        var words: [Word] = []
        var at = 0
        func run(_ isPart: (UInt8) -> Bool) -> String {
            let start = at
            while at < bytes.count, isPart(bytes[at]) { at += 1 }
            return String(decoding: bytes[start..<at], as: UTF8.self)
        }
        while at < bytes.count {
            let byte = bytes[at]
            switch byte {
            case 0x20, 0x09, 0x0A, 0x0D: at += 1
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                at += 1
                words.append(.string(run { $0 != byte }))
                guard at < bytes.count else { throw TemplateError(.syntax, "a quote is not closed", line: line) }
                at += 1
            case _ where byte.isDigit || byte == UInt8(ascii: "-"):
                let text = run { $0.isDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
                // `try?`: what is no JSON number is no number here either, and said so.
                guard let value = try? JSONValue(parsing: text) else {
                    throw TemplateError(.syntax, "`\(text)` is no number", line: line)
                }
                words.append(.number(value))
            case _ where byte.isLetter || byte == UInt8(ascii: "_"): words.append(.name(run(isNameByte)))
            case UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "<"), UInt8(ascii: ">"):
                words.append(.mark(run { "=!<>".utf8.contains($0) }))
            case _ where "|:,.[]".utf8.contains(byte):
                words.append(.mark(String(decoding: [byte], as: UTF8.self)))
                at += 1
            default:
                let shown = SafeText.line(Clip.characters(String(decoding: bytes[at...].prefix(8), as: UTF8.self), 2))
                throw TemplateError(.syntax, "`\(shown)` can't stand in an expression", line: line)
            }
        }
        return words
    }
}
