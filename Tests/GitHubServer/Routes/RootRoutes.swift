import OrchCore

/// What is asked of GitHub itself, not of a repository.
enum RootRoutes {
    static func answer(_ path: [String], _ call: Call, _ state: inout GitHubState) throws -> APIAnswer {
        let isGet = call.request.method == "GET" || call.request.method == "HEAD"
        switch path {
        case [] where isGet:
            // gh asks this one to see what a token may do (docs.github.com/rest/meta).
            var answer = APIAnswer(200, ["current_user_url": .string("\(call.urls.api)/user")])
            answer.headers["x-oauth-scopes"] = "repo, read:org, workflow"
            return answer
        case ["graphql"] where call.request.method == "POST": return try GraphQL.answer(call, &state)
        case ["user"] where isGet: return try user(call, state)

        case ["search", "issues"] where isGet: return try search(call, state)
        case let path where isGet && path.count == 2 && path[0] == "users":
            guard let user = state.user(path[1]) else { throw Refusal.notFound }
            return APIAnswer(200, call.render(state).user(user.login))
        default: throw Refusal.notFound
        }
    }

    /// Who shows this token (docs.github.com/rest/users "Get the authenticated user"); an installation is nobody.
    private static func user(_ call: Call, _ state: GitHubState) throws -> APIAnswer {
        guard let token = call.token else { throw Refusal(401, "Requires authentication") }
        if token.isInstallation { throw Refusal(403, "Resource not accessible by integration") }
        guard var user = call.render(state).user(token.login).objectValue else { throw Refusal.notFound }
        user["name"] = .string(token.login)
        return APIAnswer(200, .object(user))
    }

    /// The search index, which lags behind (docs.github.com/rest/search).
    private static func search(_ call: Call, _ state: GitHubState) throws -> APIAnswer {
        let found = IssueSearch(call.request.query("q") ?? "").find(state, viewer: call.viewer)
        let render = call.render(state)
        let paging = Paging(call)
        let items = paging.slice(found).compactMap { place -> JSONValue? in
            guard let repository = state.repositories[place.repository], let issue = repository.issues[place.number]
            else {
                return nil
            }
            return render.issue(issue, repository)
        }
        return APIAnswer(
            200,
            ["total_count": .integer(Int64(found.count)), "incomplete_results": false, "items": .array(items)]
        )
    }
}
