import OrchCore

/// Finds out who asks what, whether they may, and lets the route answer.
struct Router {
    /// What came of a request.
    struct Outcome {
        var answer: APIAnswer
        /// Who asked; nil for nobody, or a token that is not known.
        var viewer: String?
        /// What a route asks of fine-grained tokens.
        var permissions: [String] = []
    }

    static let shared = Router()

    /// All routes below a repository; the first that matches counts.
    private let routes: [Route] =
        Routes.repository + Routes.labels + Routes.comments + Routes.issues + Routes.reactions + Routes.dependencies
        + Routes.reviews + Routes.pulls + Routes.checks + Routes.git

    /// Answers a request.
    func answer(_ request: APIRequest, _ state: inout GitHubState) -> Outcome {
        var outcome = Outcome(answer: APIAnswer(404))
        do {
            try answer(request, &state, &outcome)
        } catch let refusal as Refusal {
            outcome.answer = APIAnswer(refusal)
        } catch {
            outcome.answer = APIAnswer(Refusal(500, "\(error)"))
        }
        return outcome
    }

    private func answer(_ request: APIRequest, _ state: inout GitHubState, _ outcome: inout Outcome) throws {
        if request.headers["user-agent", default: ""].isEmpty {
            let text =
                "Request forbidden by administrative rules. Please make sure your request has a User-Agent header."
            outcome.answer = APIAnswer(403, text: text + "\r\n", type: "text/html")
            return
        }
        if let version = request.headers["x-github-api-version"], !["2022-11-28", "2026-03-10"].contains(version) {
            throw Refusal(400, "The API version '\(version)' is not supported")
        }
        let token = try authenticate(request, state)
        outcome.viewer = token?.login
        var (path, prefix) = (request.path, "")
        if path.starts(with: ["api", "v3"]) { (path, prefix) = (Array(path.dropFirst(2)), "/api/v3") }
        if path.starts(with: ["api", "graphql"]) { (path, prefix) = (Array(path.dropFirst()), "/api/v3") }
        let urls = URLs(host: request.headers["host"] ?? "127.0.0.1", prefix: prefix)
        let call = { (repository: Int64, parameters: [String], body: JSONValue) in
            Call(
                request: request,
                viewer: token?.login ?? "",
                token: token,
                repository: repository,
                parameters: parameters,
                body: body,
                urls: urls
            )
        }
        guard let found = try repository(path, request, state, urls) else {
            outcome.answer = try RootRoutes.answer(path, call(0, [], try request.json()), &state)
            return
        }
        guard let (route, parameters) = find(request.method, found.rest) else { throw Refusal.notFound }
        outcome.permissions = route.access.permissions
        try check(route.access, token, try state.repository(found.id), state)
        let isRead = request.method == "GET" || request.method == "HEAD"
        try redirectTransferred(route, parameters, found.id, request, state, urls)
        outcome.answer = try route.handle(&state, call(found.id, parameters, isRead ? [:] : try request.json()))
    }

    /// Who shows a token; nil without one.
    ///
    /// - Throws: 401 "Bad credentials" for a token that is not known.
    private func authenticate(_ request: APIRequest, _ state: GitHubState) throws -> AccessToken? {
        guard let header = request.headers["authorization"] else { return nil }
        let parts = header.split(separator: " ", maxSplits: 1)
        let isKnownScheme = parts.count == 2 && ["bearer", "token"].contains(parts[0].lowercased())
        guard isKnownScheme, let token = state.tokens[parts[1].description.trimmed] else {
            throw Refusal(401, "Bad credentials")
        }
        return token
    }

    /// The repository that a path names, and what follows it; nil for a path that names none.
    ///
    /// - Throws: 404 for one that is not there, or that the asker may not see; a redirect for a former name.
    private func repository(_ path: [String], _ request: APIRequest, _ state: GitHubState, _ urls: URLs) throws
        -> (id: Int64, rest: [String])?
    {
        if path.first == "repositories", path.count >= 2 {
            guard let id = Int64(path[1]), state.repositories[id] != nil else { throw Refusal.notFound }
            return (id, Array(path.dropFirst(2)))
        }
        guard path.first == "repos", path.count >= 3 else { return nil }
        let name = "\(path[1])/\(path[2])".lowercased()
        guard let id = state.names[name], let repository = state.repositories[id] else { throw Refusal.notFound }
        let rest = Array(path.dropFirst(3))
        guard repository.fullName.lowercased() == name else {
            let tail = (["repositories", String(id)] + rest).map(Percent.encode).joined(separator: "/")
            throw Refusal.moved(to: "\(urls.api)/\(tail)", request)
        }
        return (id, rest)
    }

    private func find(_ method: String, _ path: [String]) -> (Route, [String])? {
        let method = method == "HEAD" ? "GET" : method
        for route in routes where route.method == method {
            if let parameters = route.match(path) { return (route, parameters) }
        }
        return nil
    }

    /// Checks a route's demands in GitHub's order: who may not see it is told 404, then who may not do it 401 or 403.
    private func check(_ access: Access, _ token: AccessToken?, _ repository: ForgeRepository, _ state: GitHubState)
        throws
    {
        let role = state.role(of: token?.login, in: repository)
        if repository.isPrivate, role < .read { throw Refusal.notFound }
        if token == nil, access.isWrite || access.role > .none { throw Refusal(401, "Requires authentication") }
        if let token, !token.allows(anyOf: access.permissions) {
            throw Refusal(
                403,
                token.isInstallation
                    ? "Resource not accessible by integration" : "Resource not accessible by personal access token"
            )
        }
        if role < access.role {
            throw access.isWrite
                ? Refusal.needsRole : Refusal(403, "Must have push access to view collaborator permission.")
        }
        if access.isWrite, repository.isArchived {
            throw Refusal(403, "Repository was archived so is read-only.")
        }
    }

    /// A transferred issue redirects to where it is now; one that the asker may not see is not there.
    private func redirectTransferred(
        _ route: Route,
        _ parameters: [String],
        _ id: Int64,
        _ request: APIRequest,
        _ state: GitHubState,
        _ urls: URLs
    ) throws {
        guard route.pattern.starts(with: ["issues", ":"]), let number = parameters.first.flatMap({ Int($0) }),
            let place = state.repositories[id]?.transferred[number]
        else { return }
        var left = parameters.dropFirst()
        let rest = route.pattern.dropFirst(2).map { $0 == ":" ? Percent.encode(left.removeFirst()) : $0 }
        let path = ["repositories", String(place.repository), "issues", String(place.number)] + rest
        throw Refusal.moved(to: "\(urls.api)/\(path.joined(separator: "/"))", request)
    }
}

extension Refusal {
    /// Something is elsewhere for good: 301 for reading, 307 for changing (docs.github.com "Best practices", "Follow redirects").
    static func moved(to location: String, _ request: APIRequest) -> Refusal {
        let parts = request.target.split(separator: "?", maxSplits: 1)
        let full = parts.count > 1 ? "\(location)?\(parts[1])" : location
        return ["GET", "HEAD"].contains(request.method)
            ? Refusal(301, "Moved Permanently", headers: ["location": full])
            : Refusal(307, "Temporary Redirect", headers: ["location": full])
    }
}
