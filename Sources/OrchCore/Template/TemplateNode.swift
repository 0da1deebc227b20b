/// A part of a template.
indirect enum TemplateNode: Sendable {
    case text(String)
    case output(TemplateExpression)
    /// The first branch whose condition holds; a branch without one always holds.
    case branches([Branch])
    case loop(Loop)

    /// One branch of an `if`.
    struct Branch: Sendable {
        var condition: TemplateCondition?
        var body: [TemplateNode]
    }

    /// A `for`.
    struct Loop: Sendable {
        var name: String
        var list: TemplateExpression
        var body: [TemplateNode]
        var otherwise: [TemplateNode]
    }
}

/// A value, named or written, sent through filters.
struct TemplateExpression: Sendable {
    var operand: TemplateOperand
    var filters: [Filter]
    var line: Int

    /// A filter with its arguments.
    struct Filter: Sendable {
        var name: TemplateFilter
        var arguments: [TemplateOperand]
    }
}

/// A value in a template.
enum TemplateOperand: Sendable {
    case literal(JSONValue)
    /// The names and indices, the first one a variable.
    case path([Step])

    /// One step of a path.
    enum Step: Sendable, Hashable {
        case name(String)
        case index(Int)
    }
}

/// When a branch is taken.
indirect enum TemplateCondition: Sendable {
    case value(TemplateExpression)
    case compare(TemplateExpression, Comparison, TemplateExpression)
    case and(TemplateCondition, TemplateCondition)
    case or(TemplateCondition, TemplateCondition)
    case not(TemplateCondition)

    /// How two values are compared.
    enum Comparison: String, Sendable {
        case equal = "=="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case contains
    }
}
