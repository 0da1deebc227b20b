extension DefaultTokenSource {
    /// Where its token comes from, for people: the variable's name, or the command that is asked.
    package static func origin(in environment: [String: String], for endpoint: GitHubEndpoint) -> String {
        TokenVariables.find(in: environment, for: endpoint)?.name ?? "`gh auth token`"
    }
}
