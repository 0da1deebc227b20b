import GitHub
import OrchCore

extension GitHubTracker {
    /// A claim is a comment; of those that answer the last time that the issue was queued, the one with the lowest id holds (§2.1).
    package func claim(_ it: Effect.Claim, attempts: Int) async -> EffectResult {
        do throws(GitHubError) {
            let marker = CommentMarker(kind: "claim", ["hub": it.hub, "host": Self.word(it.host)])
            var claims = try await standing(it, looks: attempts > 1 ? Self.looks : 1)
            if !claims.contains(where: { $0.marker.field("hub") == it.hub }) {
                if let other = claims.first { return .failed(code: .heldByOther, reason: Self.holder(other.marker)) }
                let posted = try await client.createComment(
                    it.issue,
                    body: marker.body(GitHubText.harmless(redaction.redact(it.text)))
                )
                // Two hubs may have posted at the same time. A list that shows ours shows all that came before it, so both see the same
                // lowest id.
                claims = try await standing(it, looks: Self.looks)
                guard claims.contains(where: { $0.id == posted.id }) else {
                    return .retry(reason: "the claim does not show yet")
                }
            }
            guard let winner = claims.min(by: { $0.id < $1.id }) else {
                return .retry(reason: "the claim does not show yet")
            }
            guard winner.marker.field("hub") == it.hub else {
                for mine in claims where mine.marker.field("hub") == it.hub {
                    let withdrawn = CommentMarker(kind: "withdrawn", ["hub": it.hub])
                    _ = try await client.updateComment(
                        mine.id,
                        body: withdrawn.body("Withdrawn: \(Self.holder(winner.marker)) was first.")
                    )
                }
                return .failed(code: .heldByOther, reason: Self.holder(winner.marker))
            }
            return .done(.claimed(comment: winner.id))
        } catch {
            return EffectResult(error)
        }
    }

    private typealias Claim = (id: Int64, marker: CommentMarker)

    /// The claims that answer the last time that the issue was queued, by who may claim; looked for until ours is among them.
    private func standing(_ it: Effect.Claim, looks: Int) async throws(GitHubError) -> [Claim] {
        let queued = try await client.labelEvents(it.issue).last {
            $0.isAdded && $0.label.lowercased() == it.queuedLabel.lowercased()
        }
        var claims: [Claim] = []
        for _ in 0..<looks {
            claims = try await claimsSince(queued?.createdAt, it.issue)
            if claims.contains(where: { $0.marker.field("hub") == it.hub }) { break }
        }
        return claims
    }

    private func claimsSince(_ start: GHTime?, _ issue: Int) async throws(GitHubError) -> [Claim] {
        var claims: [Claim] = []
        let me = try await login()
        for comment in try await client.issueComments(issue) {
            guard let marker = CommentMarker(of: comment.body), marker.kind == "claim",
                start.map({ comment.createdAt >= $0 }) ?? true
            else { continue }
            var mayClaim = isMine(comment.author, login: me)
            if !mayClaim { mayClaim = try await canWrite(comment.author, comment.authorAssociation) }
            if mayClaim { claims.append((comment.id, marker)) }
        }
        return claims.sorted { $0.id < $1.id }
    }

    /// Who holds a claim, in words.
    static func holder(_ marker: CommentMarker) -> String {
        Observation.ClaimSeen(marker)?.holder ?? "another hub"
    }

    /// A name without spaces, for a marker.
    private static func word(_ text: String) -> String {
        String(text.map { $0.isWhitespace || $0 == "=" ? "_" : $0 })
    }
}
