import OrchCore

/// A GraphQL request, parsed (spec.graphql.org, October 2021, section 2).
struct GraphQLDocument {
    /// A value as it is written: with variables in it.
    indirect enum Value {
        case variable(String)
        case constant(JSONValue)
        case list([Value])
        case object([String: Value])

        /// The value with the variables put in; a variable that is not given is missing.
        func resolved(_ variables: [String: JSONValue]) -> JSONValue? {
            switch self {
            case .variable(let name): variables[name]
            case .constant(let value): value
            case .list(let items): .array(items.compactMap { $0.resolved(variables) })
            case .object(let members): .object(members.compactMapValues { $0.resolved(variables) })
            }
        }
    }

    /// What is asked for.
    indirect enum Selection {
        case field(Field)
        case spread(String)
        case inline(type: String?, [Selection])
    }

    /// A field that is asked for.
    struct Field {
        var alias: String
        var name: String
        var arguments: [String: Value]
        var selections: [Selection]
    }

    /// A query or a mutation.
    struct Operation {
        var isMutation: Bool
        var name: String?
        var defaults: [String: JSONValue]
        var selections: [Selection]
    }

    var operations: [Operation] = []
    var fragments: [String: (type: String, selections: [Selection])] = [:]
}
