import OrchCore

extension GitHubClient {
    /// What the repository is, also when it was renamed: then `fullName` is its new name.
    ///
    /// Source: https://docs.github.com/en/rest/repos/repos#get-a-repository
    package func repositoryInfo() async throws(GitHubError) -> GHRepository {
        try await get(url(""), followsMoves: true, GHRepository.init)
    }

    /// Whose token it is; nil for the token of a GitHub App, which is nobody's.
    ///
    /// Source: https://docs.github.com/en/rest/users/users#get-the-authenticated-user
    package func viewer() async throws(GitHubError) -> GHUser? {
        do throws(GitHubError) {
            return try await get("\(endpoint.api)/user") { (json) throws(BadField) in try GHUser(json) }
        } catch {
            guard error.code == .forbidden else { throw error }
            return nil
        }
    }

    /// What somebody may do in the repository.
    ///
    /// Source: https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user
    package func permission(_ login: String) async throws(GitHubError) -> GHPermission {
        do throws(GitHubError) {
            return try await get(url("/collaborators/\(PathText.escaped(login))/permission")) { GHPermission($0) }
        } catch {
            // Nobody of that name, or an account that is deleted by now.
            guard error.code == .notFound else { throw error }
            return .none
        }
    }

    /// All labels that the repository has.
    ///
    /// Source: https://docs.github.com/en/rest/issues/labels#list-labels-for-a-repository
    package func labels() async throws(GitHubError) -> [GHLabel] {
        try await all(url("/labels", [("per_page", "100")]), GHLabel.init)
    }

    /// Makes a label; false when there is one of that name.
    ///
    /// Source: https://docs.github.com/en/rest/issues/labels#create-a-label
    ///
    /// - Parameters:
    ///   - name: its name.
    ///   - color: six hexadecimal digits.
    ///   - description: at most 100 characters.
    /// - Returns: whether it was made.
    /// - Throws: `GitHubError`.
    package func createLabel(_ name: String, color: String, description: String) async throws(GitHubError) -> Bool {
        let fields: JSONValue = [
            "name": .string(name), "color": .string(color), "description": .string(description),
        ]
        do throws(GitHubError) {
            try await write(.post, "/labels", .write, fields) { _ in }
            return true
        } catch {
            guard error.objection == .alreadyExists else { throw error }
            return false
        }
    }

    /// How much is left of the primary limit; asking costs nothing of it.
    ///
    /// Source: https://docs.github.com/en/rest/rate-limit/rate-limit#get-rate-limit-status-for-the-authenticated-user
    ///
    /// - Returns: the limit, or nil for an Enterprise Server that has none.
    /// - Throws: `GitHubError`.
    package func rateLimit() async throws(GitHubError) -> GHRateLimit? {
        do throws(GitHubError) {
            return try await get("\(endpoint.api)/rate_limit", GHRateLimit.init)
        } catch {
            guard error.code == .notFound else { throw error }
            return nil
        }
    }

    /// Sends a write and reads what GitHub says that there is now.
    func write<T: Sendable>(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ kind: RequestKind,
        _ body: JSONValue?,
        _ read: (JSONValue) throws(BadField) -> T
    ) async throws(GitHubError) -> T {
        let call = Call(method: method, url: url(path), kind: kind, body: body)
        let answer = try await send(call)
        return try reading(call) { () throws(BadField) in try read(answer.json) }
    }
}
