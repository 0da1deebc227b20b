package import GitHub
package import OrchCore

/// The deeds of the hub at GitHub.
package struct GitHubTracker: RemoteTracker {
    let client: GitHubClient
    let facts: TrackerFacts
    let redaction: Redaction
    /// Who we are there; nil for a token that is no user's.
    let login: @Sendable () async throws(GitHubError) -> String?

    /// The deeds, over a client.
    package init(
        client: GitHubClient,
        facts: TrackerFacts,
        redaction: Redaction,
        login: @escaping @Sendable () async throws(GitHubError) -> String?
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

    package func post(_ it: Effect.PostComment, attempts: Int) async -> EffectResult {
        await perform {
            let marker = CommentMarker(it.marker)
            if let known = try await comment(on: it.issue, marker, attempts: attempts) { return .comment(id: known.id) }
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

    package func showStatus(_ it: Effect.ShowStatus, attempts: Int) async -> EffectResult {
        await perform {
            let marker = CommentMarker(kind: "status")
            let body = marker.body(GitHubText.cut(GitHubText.harmless(redaction.redact(it.body)), artifact: nil))
            if let id = it.comment {
                do throws(GitHubError) {
                    return .comment(id: try await client.updateComment(id, body: body).id)
                } catch {
                    guard error.code == .notFound || error.code == .gone else { throw error }
                }
            }
            if let first = try await comment(on: it.issue, marker, attempts: attempts) {
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
            do throws(GitHubError) {
                let pull = try await client.createPull(
                    title: GitHubText.title(it.title),
                    body: body,
                    head: it.branch,
                    base: base,
                    isDraft: it.isDraft
                )
                return .pull(Observation.PullSeen(pull))
            } catch {
                // It is there, and the list was older than that.
                guard error.objection == .alreadyExists else { throw error }
                throw GitHubError(.conflict, error.message)
            }
        }
    }
}
