import OrchCore

/// What a field is: a scalar, an object, or a list of them.
indirect enum GraphValue {
    case scalar(JSONValue)
    case node(GraphNode)
    case list([GraphValue])

    static var null: GraphValue { .scalar(.null) }

    /// A text, or null.
    static func text(_ value: String?) -> GraphValue { .scalar(.text(value)) }
    /// A time, or null.
    static func time(_ ms: Int64?) -> GraphValue { .scalar(.text(ms.map(GitHubTime.text))) }
    /// A number.
    static func number(_ value: some BinaryInteger) -> GraphValue { .scalar(.integer(Int64(value))) }
    /// Yes or no.
    static func flag(_ value: Bool) -> GraphValue { .scalar(.bool(value)) }
}

/// An object that fields can be asked of.
struct GraphNode {
    typealias Arguments = [String: JSONValue]

    let type: String
    /// The value of a field; nil if the type has no such field.
    let field: (_ name: String, _ arguments: Arguments) throws -> GraphValue?

    /// An object of fixed fields.
    static func fixed(_ type: String, _ fields: [String: GraphValue]) -> GraphNode {
        GraphNode(type: type) { name, _ in fields[name] }
    }

    /// Whether a fragment on a type is for it: on its own type, or on one that stands for several.
    func isA(_ other: String) -> Bool {
        if type == other || other == "Node" { return true }
        return switch other {
        case "Actor", "RepositoryOwner": ["User", "Bot", "Organization"].contains(type)
        case "Comment": ["Issue", "PullRequest", "IssueComment"].contains(type)
        case "Labelable", "Assignable", "Lockable", "Closable": ["Issue", "PullRequest"].contains(type)
        default: false
        }
    }
}
