/// Looks through all branches of a template for names that do not exist.
struct TemplateChecker {
    /// The names in force; nil stands for a value of which nothing is known.
    typealias Scope = [String: JSONValue?]

    func check(_ nodes: [TemplateNode], in scope: Scope) throws(TemplateError) {
        for node in nodes {
            switch node {
            case .text: break
            case .output(let expression): try check(expression, in: scope)
            case .branches(let branches):
                for branch in branches {
                    if let condition = branch.condition { try check(condition, in: scope) }
                    try check(branch.body, in: scope)
                }
            case .loop(let loop):
                try check(loop.list, in: scope)
                var inner = scope
                inner[loop.name] = .some(element(of: loop.list, in: scope))
                inner["forloop"] = .some(TemplateRenderer.forloop(0, of: 1))
                try check(loop.body, in: inner)
                try check(loop.otherwise, in: scope)
            }
        }
    }

    private func check(_ condition: TemplateCondition, in scope: Scope) throws(TemplateError) {
        switch condition {
        case .value(let expression): try check(expression, in: scope)
        case .not(let inner): try check(inner, in: scope)
        case .and(let left, let right), .or(let left, let right):
            try check(left, in: scope)
            try check(right, in: scope)
        case .compare(let left, _, let right):
            try check(left, in: scope)
            try check(right, in: scope)
        }
    }

    private func check(_ expression: TemplateExpression, in scope: Scope) throws(TemplateError) {
        _ = try value(of: expression.operand, line: expression.line, in: scope)
        for filter in expression.filters {
            for argument in filter.arguments { _ = try value(of: argument, line: expression.line, in: scope) }
        }
    }

    /// A sample of what a loop goes through, if the list is given as it is.
    private func element(of list: TemplateExpression, in scope: Scope) -> JSONValue? {
        // `try?`: that the list is known was checked just before.
        guard list.filters.isEmpty, let value = try? value(of: list.operand, line: list.line, in: scope) else {
            return nil
        }
        if case .object(let members) = value { return ["key": "", "value": members.values.first ?? .null] }
        return value.arrayValue?.first
    }

    /// A sample of the value; nil when nothing is known of it.
    private func value(of operand: TemplateOperand, line: Int, in scope: Scope) throws(TemplateError) -> JSONValue? {
        guard case .path(let steps) = operand, case .name(let name) = steps[0] else {
            if case .literal(let value) = operand { return value }
            return nil
        }
        guard let first = scope[name] else {
            throw TemplatePath.unknown(steps, at: 0, in: .object(scope.mapValues { $0 ?? .null }), line: line)
        }
        guard var value = first else { return nil }
        for (depth, step) in steps.enumerated().dropFirst() {
            if value.isNull { return nil }
            guard let next = TemplatePath.step(step, from: value) else {
                throw TemplatePath.unknown(steps, at: depth, in: value, line: line)
            }
            value = next
        }
        return value.isNull ? nil : value
    }
}
