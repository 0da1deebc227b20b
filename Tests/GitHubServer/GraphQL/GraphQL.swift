import OrchCore

/// GraphQL, as much of it as gh needs (docs.github.com/graphql).
///
/// It answers with status 200 also when it refuses: the reason is in `errors`.
enum GraphQL {
    /// Answers a request.
    static func answer(_ call: Call, _ state: inout GitHubState) throws -> APIAnswer {
        guard let token = call.token else { throw Refusal(401, "This endpoint requires you to be authenticated.") }
        let schema = GraphSchema(state, viewer: token.login, urls: call.urls)
        var runner = Runner(schema: schema, variables: call.body["variables"]?.objectValue ?? [:])
        do {
            let document = try GraphQLParser.parse(call.body["query"]?.stringValue ?? "")
            let wanted = call.body["operationName"]?.stringValue
            guard let operation = document.operations.first(where: { wanted == nil || $0.name == wanted }) else {
                throw Refusal(422, "No operation named \(wanted ?? "")")
            }
            runner.fragments = document.fragments
            runner.variables.merge(operation.defaults) { given, _ in given }
            let root = operation.isMutation ? schema.mutation : schema.query
            let data = try runner.run(operation.selections, on: root, path: [])
            state = schema.state
            var members: [String: JSONValue] = ["data": .object(data)]
            if !runner.errors.isEmpty { members["errors"] = .array(runner.errors) }
            var answer = APIAnswer(200, .object(members))
            answer.isRefused = operation.isMutation && !runner.errors.isEmpty
            return answer
        } catch let refusal as Refusal {
            // What cannot be understood is refused as a whole, without data.
            var answer = APIAnswer(200, ["errors": [["message": .string(refusal.message)]]])
            answer.isRefused = true
            return answer
        }
    }

    private struct Runner {
        let schema: GraphSchema
        var variables: [String: JSONValue]
        var fragments: [String: (type: String, selections: [GraphQLDocument.Selection])] = [:]
        var errors: [JSONValue] = []

        mutating func run(_ selections: [GraphQLDocument.Selection], on node: GraphNode, path: [JSONValue]) throws
            -> [String: JSONValue]
        {
            var result: [String: JSONValue] = [:]
            for selection in selections {
                switch selection {
                case .inline(let type, let below):
                    guard type.map(node.isA) ?? true else { continue }
                    result.merge(try run(below, on: node, path: path), uniquingKeysWith: Self.together)
                case .spread(let name):
                    guard let fragment = fragments[name] else {
                        throw Refusal(422, "Fragment \(name) was used, but not defined")
                    }
                    guard node.isA(fragment.type) else { continue }
                    let found = try run(fragment.selections, on: node, path: path)
                    result.merge(found, uniquingKeysWith: Self.together)
                case .field(let field):
                    let value = try self.value(of: field, on: node, path: path + [.string(field.alias)])
                    result[field.alias] = result[field.alias].map { Self.together($0, value) } ?? value
                }
            }
            return result
        }

        /// A field's value; what is refused is null, and an error beside the data.
        private mutating func value(of field: GraphQLDocument.Field, on node: GraphNode, path: [JSONValue]) throws
            -> JSONValue
        {
            if field.name == "__typename" { return .string(node.type) }
            let arguments = field.arguments.compactMapValues { $0.resolved(variables) }.filter { !$0.value.isNull }
            let found: GraphValue?
            do {
                found = try node.field(field.name, arguments)
            } catch let refusal as Refusal {
                errors.append(Self.error(refusal, path))
                return .null
            }
            guard let found else { throw Refusal(422, "Field '\(field.name)' doesn't exist on type '\(node.type)'") }
            return try shown(found, field, path)
        }

        private mutating func shown(_ value: GraphValue, _ field: GraphQLDocument.Field, _ path: [JSONValue]) throws
            -> JSONValue
        {
            switch value {
            case .scalar(let json): return json
            case .node(let node): return .object(try run(field.selections, on: node, path: path))
            case .list(let items):
                var shown: [JSONValue] = []
                for (index, item) in items.enumerated() {
                    shown.append(try self.shown(item, field, path + [.integer(Int64(index))]))
                }
                return .array(shown)
            }
        }

        private static func error(_ refusal: Refusal, _ path: [JSONValue]) -> JSONValue {
            let type =
                switch refusal.status {
                case 403: "FORBIDDEN"
                case 404, 410: "NOT_FOUND"
                default: "UNPROCESSABLE"
                }
            let reasons = refusal.errors.compactMap { $0["message"]?.stringValue ?? $0.stringValue }
            let message = reasons.isEmpty ? refusal.message : reasons.joined(separator: ", ")
            return ["type": .string(type), "path": .array(path), "message": .string(message)]
        }

        /// The same field asked for twice, with different fields below.
        private static func together(_ one: JSONValue, _ other: JSONValue) -> JSONValue {
            guard case .object(let left) = one, case .object(let right) = other else { return other }
            return .object(left.merging(right, uniquingKeysWith: together))
        }
    }
}
