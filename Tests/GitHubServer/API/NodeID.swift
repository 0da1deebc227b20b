/// The ids that GraphQL uses, and REST shows as `node_id`: opaque to clients.
enum NodeID {
    /// What a node is.
    enum Kind: String {
        case issue = "I"
        case pull = "PR"
        case comment = "IC"
        case label = "LA"
        case repository = "R"
        case user = "U"
        case review = "PRR"
        case reviewComment = "PRRC"
        case event = "EV"
        case reaction = "REA"
        case check = "CR"
        case status = "SC"
    }

    /// The id of a node.
    static func text(_ kind: Kind, _ id: Int64) -> String {
        "\(kind.rawValue)_kwDO\(String(id, radix: 36).uppercased())"
    }

    /// What an id names; nil if it is none.
    static func parse(_ text: String) -> (kind: Kind, id: Int64)? {
        let parts = text.split(separator: "_", maxSplits: 1)
        guard parts.count == 2, let kind = Kind(rawValue: String(parts[0])), parts[1].hasPrefix("kwDO"),
            let id = Int64(parts[1].dropFirst(4).lowercased(), radix: 36)
        else { return nil }
        return (kind, id)
    }
}
