/// Somebody, or an app's bot.
package struct GitHubUser: Sendable {
    package var id: Int64
    package var login: String
    /// `User`, `Bot` or `Organization`.
    package var type: String
}

/// What a client shows to be somebody.
package struct AccessToken: Sendable {
    /// Whose it is.
    package var login: String
    /// What a fine-grained token or an app's may do, such as `issues: write`; nil is a classic token that may do all.
    package var permissions: [String: String]?
    /// An app's installation token cannot ask who it is: `GET /user` is refused.
    package var isInstallation = false

    /// Whether it may do one of some things, such as `issues=write`.
    package func allows(anyOf wanted: [String]) -> Bool {
        guard let permissions, !wanted.isEmpty else { return true }
        return wanted.contains { alternative in
            alternative.split(separator: ",").allSatisfy { one in
                let parts = one.split(separator: "=").map(String.init)
                guard parts.count == 2, let has = permissions[parts[0]] else { return false }
                return parts[1] == "read" || has == "write" || has == "admin"
            }
        }
    }
}
