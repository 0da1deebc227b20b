/// Where things are, as answers tell it.
///
/// The client's own idea of the host counts: behind a proxy it is `api.github.localhost`, and pages are on `github.localhost` then.
struct URLs: Sendable {
    /// Where the API begins, such as `http://127.0.0.1:8080` or `http://host/api/v3`.
    let api: String
    /// Where pages begin.
    let html: String

    /// What a client that says this host, and this prefix, sees.
    init(host: String, prefix: String) {
        api = "http://\(host)\(prefix)"
        html = host.hasPrefix("api.") ? "http://\(host.dropFirst(4))" : "http://\(host)"
    }

    /// A repository in the API.
    func repository(_ repository: ForgeRepository) -> String { "\(api)/repos/\(repository.fullName)" }

    /// A repository's page.
    func page(_ repository: ForgeRepository) -> String { "\(html)/\(repository.fullName)" }

    /// The page of an issue or a pull request.
    func page(_ repository: ForgeRepository, _ issue: ForgeIssue) -> String {
        "\(page(repository))/\(issue.pull == nil ? "issues" : "pull")/\(issue.number)"
    }
}
