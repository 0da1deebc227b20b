package import GitHub
package import OrchCore

/// The deeds of the hub at GitHub.
package struct GitHubTracker: RemoteTracker {
    let client: GitHubClient
    let facts: TrackerFacts
    let redaction: Redaction
    /// Who we are there; nil for a token that is no user's.
    let login: @Sendable () async -> String?

    /// The deeds, over a client.
    package init(
        client: GitHubClient,
        facts: TrackerFacts,
        redaction: Redaction,
        login: @escaping @Sendable () async -> String?
    ) {
        self.client = client
        self.facts = facts
        self.redaction = redaction
        self.login = login
    }

    /// Runs a deed; what a database error means is that it is tried again.
    func perform(_ body: () async throws -> EffectResult.Outcome) async -> EffectResult {
        do { return .done(try await body()) } catch let error as GitHubError { return EffectResult(error) } catch {
            return .retry(reason: "\(error)")
        }
    }

    /// Whether a comment was written by orch under our login, with this marker.
    func isOurs(_ comment: GHComment, _ marker: CommentMarker, login: String?) -> Bool {
        guard CommentMarker(of: comment.body) == marker else { return false }
        return login.map { $0.lowercased() == comment.author.login.lowercased() } ?? comment.author.isBot
    }

    package func post(_ it: Effect.PostComment) async -> EffectResult {
        await perform {
            let marker = CommentMarker(it.marker)
            let me = await login()
            if let known = try await client.issueComments(it.issue).first(where: { isOurs($0, marker, login: me) }) {
                return .comment(id: known.id)
            }
            let body =
                if let heading = it.heading {
                    GitHubText.report(
                        it.body,
                        marker: marker,
                        heading: heading,
                        artifact: it.artifact,
                        redaction: redaction
                    )
                } else if it.isPersons == true {
                    marker.body(redaction.redact(it.body))
                } else {
                    marker.body(
                        GitHubText.cut(
                            GitHubText.harmless(redaction.redact(it.body)),
                            to: 50_000,
                            artifact: it.artifact
                        )
                    )
                }
            return .comment(id: try await client.createComment(it.issue, body: body).id)
        }
    }

    package func showStatus(_ it: Effect.ShowStatus) async -> EffectResult {
        await perform {
            let marker = CommentMarker(kind: "status", ["issue": String(it.issue)])
            let body = marker.body(GitHubText.cut(GitHubText.harmless(redaction.redact(it.body)), artifact: nil))
            if let id = it.comment {
                do throws(GitHubError) {
                    return .comment(id: try await client.updateComment(id, body: body).id)
                } catch {
                    guard error.code == .notFound || error.code == .gone else { throw error }
                }
            }
            let me = await login()
            let found = try await client.issueComments(it.issue).filter { isOurs($0, marker, login: me) }
            if let first = found.min(by: { $0.id < $1.id }) {
                return .comment(id: try await client.updateComment(first.id, body: body).id)
            }
            return .comment(id: try await client.createComment(it.issue, body: body).id)
        }
    }

    package func react(_ it: Effect.React) async -> EffectResult {
        await perform {
            guard let reaction = GHReaction(rawValue: it.reaction) else { return .nothing }
            try await client.createReaction(it.comment, reaction)
            return .nothing
        }
    }

    package func openPull(_ it: Effect.OpenPull, base: String) async -> EffectResult {
        await perform {
            if let open = try await client.pulls(head: it.branch).first(where: { $0.state == .open }) {
                return .pull(Observation.PullSeen(open))
            }
            let marker = CommentMarker(kind: "pull", ["issue": String(it.issue)])
            let text = GitHubText.harmless(redaction.redact(it.body))
            let body = marker.body(
                GitHubText.cut(text, to: 50_000, artifact: nil) + "\n\n" + PullText.closing(it.issue)
            )
            let pull = try await client.createPull(
                title: GitHubText.title(it.title),
                body: body,
                head: it.branch,
                base: base,
                isDraft: it.isDraft
            )
            return .pull(Observation.PullSeen(pull))
        }
    }
}
