extension GitHubClient {
    /// What the repository is, with what the answer says of the token and of GitHub's clock.
    ///
    /// Source: https://docs.github.com/en/rest/repos/repos#get-a-repository
    package func examine() async throws(GitHubError) -> GHExamination {
        let call = Call(method: .get, url: url(""), kind: .read, followsMoves: true)
        let answer = try await send(call)
        return try reading(call) { () throws(BadField) in try GHExamination(answer) }
    }
}
