import OrchCore

/// A request that was let through, with what its handler needs.
struct Call {
    let request: APIRequest
    /// Who asks; empty for nobody.
    let viewer: String
    let token: AccessToken?
    /// The repository's id, if the path names one.
    let repository: Int64
    /// What the pattern's `:` and `*` stand for.
    let parameters: [String]
    let body: JSONValue
    let urls: URLs

    /// A number in the path.
    ///
    /// - Throws: 404 if it is none.
    func number(_ index: Int = 0) throws -> Int64 {
        guard parameters.indices.contains(index), let number = Int64(parameters[index]) else { throw Refusal.notFound }
        return number
    }

    /// The issue that the path names.
    func place(_ index: Int = 0) throws -> IssuePlace {
        IssuePlace(repository: repository, number: Int(try number(index)))
    }

    /// A text of the body; `null` counts as missing.
    func text(_ key: String) -> String? { body[key]?.stringValue }

    /// A text that the body must have.
    func needText(_ key: String, _ resource: String) throws -> String {
        guard let text = text(key) else { throw Refusal.invalid(resource, key, "missing_field") }
        return text
    }

    /// What makes JSON of the state.
    func render(_ state: GitHubState) -> Render { Render(state: state, urls: urls) }

    /// Lets through who wrote something, or has a role.
    func need(_ role: Role, orAuthor author: String, _ state: GitHubState) throws {
        if author.lowercased() == viewer.lowercased() { return }
        guard try state.role(of: viewer, in: state.repository(repository)) >= role else { throw Refusal.needsRole }
    }
}
