/// A map of the front matter, and where it is.
struct ConfigSection: Sendable {
    /// The keys that lead to it, with dots; empty for the root.
    var path: String
    var members: [ConfigNode.Member]

    /// The value of a key, if it is there and not null.
    subscript(_ key: String) -> ConfigNode? {
        guard let value = members.first(where: { $0.key == key })?.value else { return nil }
        if case .null = value { return nil }
        return value
    }

    /// The whole name of a key in it.
    func name(of key: String) -> String { path.isEmpty ? key : path + "." + key }
}
