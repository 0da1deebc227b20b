package import OrchCore

/// An account.
package struct GHUser: Sendable, Hashable {
    /// Its name; GitHub does not tell upper from lower case.
    package var login: String
    /// Its number, which stays when the name changes; 0 if it is not known.
    package var id: Int64
    /// `User`, `Bot`, `Organization` or `Mannequin`.
    package var type: String

    /// An account.
    package init(login: String, id: Int64, type: String = "User") {
        self.login = login
        self.id = id
        self.type = type
    }

    /// Reads one.
    package init(_ json: JSONValue) throws(BadField) {
        let fields = try Fields(json, "user")
        self.init(
            login: try fields.text("login"),
            id: fields["id"]?.intValue ?? 0,
            type: fields["type"]?.stringValue ?? "User"
        )
    }

    /// Whose account is deleted.
    package static let ghost = GHUser(login: "ghost", id: 0)

    /// Whether it is the account of this name; nil is nobody's.
    package func isNamed(_ name: String?) -> Bool { name.map { $0.lowercased() == login.lowercased() } ?? false }

    /// Whether a program speaks.
    package var isBot: Bool { type == "Bot" || login.hasSuffix("[bot]") }
}
