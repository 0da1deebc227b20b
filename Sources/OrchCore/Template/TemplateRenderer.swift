/// Fills a template in.
struct TemplateRenderer {
    private var scope: [String: JSONValue]
    private var steps = 0
    /// The text so far.
    private(set) var text = ""

    /// More loop rounds than this are refused (I7).
    private static let stepLimit = 200_000

    init(variables: [String: JSONValue]) { scope = variables }

    mutating func render(_ nodes: [TemplateNode]) throws(TemplateError) {
        for node in nodes {
            switch node {
            case .text(let part): try append(part, line: 1)
            case .output(let expression):
                try append(TemplateFilter.text(try value(of: expression)), line: expression.line)
            case .branches(let branches):
                for branch in branches {
                    guard try branch.condition.map({ condition throws(TemplateError) in try holds(condition) }) ?? true
                    else { continue }
                    try render(branch.body)
                    break
                }
            case .loop(let loop): try render(loop)
            }
        }
    }

    private mutating func append(_ part: String, line: Int) throws(TemplateError) {
        guard text.utf8.count + part.utf8.count <= Template.outputLimit else {
            throw TemplateError(.tooLarge, "the text grows over \(Template.outputLimit) bytes", line: line)
        }
        text += part
    }

    private mutating func render(_ loop: TemplateNode.Loop) throws(TemplateError) {
        let list = try value(of: loop.list)
        let elements: [JSONValue]
        switch list {
        case .null: elements = []
        case .array(let values): elements = values
        case .object(let members):
            elements = members.sorted { $0.key < $1.key }.map { ["key": .string($0.key), "value": $0.value] }
        default: throw TemplateError(.wrongType, "what `for` goes through must be a list", line: loop.list.line)
        }
        if elements.isEmpty { return try render(loop.otherwise) }
        let outer = (scope[loop.name], scope["forloop"])
        defer { (scope[loop.name], scope["forloop"]) = outer }
        for (index, element) in elements.enumerated() {
            steps += 1
            guard steps <= Self.stepLimit else {
                throw TemplateError(.tooLarge, "more than \(Self.stepLimit) loop rounds", line: loop.list.line)
            }
            scope[loop.name] = element
            scope["forloop"] = Self.forloop(index, of: elements.count)
            try render(loop.body)
        }
    }

    /// What `forloop` is in a round.
    static func forloop(_ index: Int, of count: Int) -> JSONValue {
        [
            "index": .integer(Int64(index + 1)), "index0": .integer(Int64(index)), "first": .bool(index == 0),
            "last": .bool(index == count - 1), "length": .integer(Int64(count)),
        ]
    }

    private func value(of expression: TemplateExpression) throws(TemplateError) -> JSONValue {
        var value = try self.value(of: expression.operand, line: expression.line)
        for filter in expression.filters {
            var arguments: [JSONValue] = []
            for argument in filter.arguments { arguments.append(try self.value(of: argument, line: expression.line)) }
            guard let next = filter.name.apply(value, arguments) else {
                throw TemplateError(
                    .wrongType,
                    "the filter `\(filter.name.rawValue)` does not work on this value",
                    line: expression.line
                )
            }
            value = next
        }
        return value
    }

    private func value(of operand: TemplateOperand, line: Int) throws(TemplateError) -> JSONValue {
        switch operand {
        case .literal(let value): return value
        case .path(let steps):
            var value = JSONValue.object(scope)
            for (depth, step) in steps.enumerated() {
                if value.isNull { return .null }
                guard let next = TemplatePath.step(step, from: value) else {
                    throw TemplatePath.unknown(steps, at: depth, in: value, line: line)
                }
                value = next
            }
            return value
        }
    }

    private func holds(_ condition: TemplateCondition) throws(TemplateError) -> Bool {
        switch condition {
        case .value(let expression): TemplateFilter.holds(try value(of: expression))
        case .not(let inner): try !holds(inner)
        case .and(let left, let right): try holds(left) ? holds(right) : false
        case .or(let left, let right): try holds(left) ? true : holds(right)
        case .compare(let left, let comparison, let right):
            Self.compare(try value(of: left), comparison, try value(of: right))
        }
    }

    private static func compare(_ left: JSONValue, _ comparison: TemplateCondition.Comparison, _ right: JSONValue)
        -> Bool
    {
        switch comparison {
        case .equal: return isEqual(left, right)
        case .notEqual: return !isEqual(left, right)
        case .contains:
            if let elements = left.arrayValue { return elements.contains { isEqual($0, right) } }
            guard let text = left.stringValue, let part = right.stringValue else { return false }
            return part.isEmpty || text.contains(part)
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            if let left = left.doubleValue, let right = right.doubleValue { return order(left, comparison, right) }
            guard let left = left.stringValue, let right = right.stringValue else { return false }
            return order(left, comparison, right)
        }
    }

    private static func isEqual(_ left: JSONValue, _ right: JSONValue) -> Bool {
        if let left = left.doubleValue, let right = right.doubleValue { return left == right }
        return left == right
    }

    private static func order<T: Comparable>(_ left: T, _ comparison: TemplateCondition.Comparison, _ right: T) -> Bool
    {
        switch comparison {
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        case .equal, .notEqual, .contains: false
        }
    }
}
