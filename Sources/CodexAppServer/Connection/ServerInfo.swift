import OrchCore

/// What an app-server says of itself in answer to `initialize`.
package struct ServerInfo: Sendable, Hashable {
    /// For instance `orch/0.163.0 (Debian 12.0.0; x86_64) …`.
    package var userAgent: String
    /// The CODEX_HOME it works in.
    package var codexHome: String?

    /// Reads the answer.
    init(_ json: JSONValue) {
        userAgent = json["userAgent"]?.stringValue ?? ""
        codexHome = json["codexHome"]?.stringValue
    }

    /// The version of codex, from the user agent.
    package var version: String? {
        userAgent.split(separator: " ").first?.split(separator: "/").dropFirst().first.map(String.init)
    }
}
