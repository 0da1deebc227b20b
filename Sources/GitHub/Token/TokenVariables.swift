/// The token variables of the environment, and which of them count for an endpoint.
enum TokenVariables {
    /// The names of the variables in the order in which they count.
    ///
    /// As in gh (https://cli.github.com/manual/gh_help_environment), the token for github.com never goes to an Enterprise Server merely
    /// because `GH_HOST` names one; it does go to a URL that somebody named for orch, and to this machine.
    static func names(for endpoint: GitHubEndpoint) -> [String] {
        let usual = ["GITHUB_TOKEN", "GH_TOKEN"]
        guard endpoint.isEnterprise else { return usual }
        let enterprise = ["GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN"]
        return endpoint.isNamed || endpoint.address.isLoopback ? enterprise + usual : enterprise
    }

    /// The first token that is set, and its variable.
    static func find(in environment: [String: String], for endpoint: GitHubEndpoint) -> (name: String, token: String)? {
        for name in names(for: endpoint) {
            if let token = environment[name], !token.isEmpty { return (name, token) }
        }
        return nil
    }

    /// A token without spaces around it, if it can stand in a header line.
    static func usable(_ text: String) -> String? {
        let token = text.drop(while: \.isWhitespace)
        let end = token.lastIndex { !$0.isWhitespace }.map { token[...$0] } ?? ""
        let isPlain = end.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        return !end.isEmpty && end.utf8.count <= 4_096 && isPlain ? String(end) : nil
    }
}
