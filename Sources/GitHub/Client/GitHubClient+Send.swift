import Logging
import OrchCore

extension GitHubClient {
    /// Does a call, with another token if GitHub refuses the first.
    ///
    /// - Throws: `GitHubError` for everything but an answer that says yes, or 304 to a read with a validator.
    func send(_ call: Call) async throws(GitHubError) -> Answer {
        let token = try await tokens.token(insteadOf: nil)
        do throws(GitHubError) {
            return try await send(call, token: token)
        } catch {
            guard error.code == .unauthorized else { throw error }
            // 401: nothing was done, so it may be sent once more, also if it is a write.
            let other = try await tokens.token(insteadOf: token)
            return try await send(call, token: other)
        }
    }

    /// Does a call with a token, and follows one redirect of a read.
    private func send(_ call: Call, token: String) async throws(GitHubError) -> Answer {
        let response = try await exchange(call, token: token)
        guard Self.isRedirect(response) else { return try answer(call, response) }
        var next = call
        next.url = try redirect(call, response)
        let second = try await exchange(next, token: token)
        guard !Self.isRedirect(second) else {
            throw GitHubError(.badAnswer, "GitHub answered \(call.words(endpoint)) with a redirect to a redirect")
        }
        return try answer(next, second)
    }

    /// Sends one request through the gate; a read once more when its kept connection turns out to be closed.
    private func exchange(_ call: Call, token: String) async throws(GitHubError) -> HTTPResponse {
        let request = self.request(call, token: token)
        var outcome = try await attempt(call, request, mayRepeat: !request.isWrite)
        if case .failure(let failure) = outcome, failure.reason == .connectionLost, !request.isWrite {
            // A read changes nothing, so it may be sent twice (RFC 9110, section 9.2.2). Only a second failure says that there is trouble.
            outcome = try await attempt(call, request, mayRepeat: false)
        }
        let words = call.words(endpoint)
        switch outcome {
        case .success(let response):
            logger.debug(
                "asked GitHub",
                metadata: [
                    "request": "\(words)", "status": "\(response.status)",
                    "remaining": "\(response.header("x-ratelimit-remaining") ?? "?")",
                    "id": "\(response.header("x-github-request-id") ?? "?")",
                ]
            )
            if let refusal = GitHubError(refusing: response, words, isWrite: request.isWrite) {
                throw await timed(refusal, call.kind)
            }
            return response
        case .failure(let failure):
            logger.debug("no answer of GitHub", metadata: ["request": "\(words)", "reason": "\(failure.message)"])
            throw GitHubError(failure, words, isWrite: request.isWrite)
        }
    }

    private func attempt(_ call: Call, _ request: HTTPRequest, mayRepeat: Bool) async throws(GitHubError) -> Result<
        HTTPResponse, TransportError
    > {
        let transport = self.transport
        let gate = self.gate
        return try await gate.pass(call.kind, patienceMs: patienceMs) {
            do throws(TransportError) {
                let response = try await transport.send(request)
                return (.success(response), .answered(RateFacts(response, wallMs: gate.wallMs)))
            } catch {
                let isHarmless = error.reason == .cancelled || error.reason == .connectionLost && mayRepeat
                return (.failure(error), isHarmless ? .neutral : .failed)
            }
        }
    }

    private func request(_ call: Call, token: String) -> HTTPRequest {
        var headers: [HTTPRequest.Header] = [
            .init("accept", "application/vnd.github+json"),
            .init("authorization", "Bearer \(token)"),
            .init("user-agent", userAgent),
            .init("x-github-api-version", Self.version),
        ]
        if let validator = call.validator { headers.append(.init("if-none-match", validator)) }
        let body = call.body?.canonicalBytes
        if body != nil { headers.append(.init("content-type", "application/json")) }
        return HTTPRequest(call.method, call.url, headers: headers, body: body)
    }

    /// A refusal because of a limit, with the time that the gate has now set.
    private func timed(_ refusal: GitHubError, _ kind: RequestKind) async -> GitHubError {
        guard refusal.code == .rateLimited else { return refusal }
        var refusal = refusal
        refusal.retryAfterMs = await gate.wait(for: kind)?.ms ?? 0
        return refusal
    }

    private func answer(_ call: Call, _ response: HTTPResponse) throws(GitHubError) -> Answer {
        if response.status == 304 {
            guard call.validator != nil else {
                throw bad(call, "\"not modified\" to a question without a validator", 304)
            }
            return Answer(response: response, json: .null, url: call.url)
        }
        guard !response.body.isEmpty else { return Answer(response: response, json: .null, url: call.url) }
        do {
            return Answer(response: response, json: try JSONValue(parsing: response.body), url: call.url)
        } catch {
            let type = SafeText.line(Clip.characters(response.header("content-type") ?? "no type", 60))
            throw bad(call, "something that is no JSON (\(type)): \(error)", response.status)
        }
    }

    /// An answer that can't be GitHub's, or not all of it: after a write nobody knows what was done.
    func bad(_ call: Call, _ what: String, _ status: Int? = nil) -> GitHubError {
        let code: GitHubError.Code = call.kind.isWrite ? .unknownOutcome : .badAnswer
        let end = call.kind.isWrite ? "; whether it was done is not known" : ""
        return GitHubError(code, "\(call.words(endpoint)) was answered with \(what)\(end)", status: status)
    }
}
