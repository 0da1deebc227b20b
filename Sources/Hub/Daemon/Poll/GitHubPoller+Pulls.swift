import GitHub
import OrchCore
import OrchStore

extension GitHubPoller {
    /// The pull requests that changed; whether there were any of ours.
    func seePulls() async throws -> Bool {
        let cursor = try await facts.cursor(Hub.Feed.pulls)
        let answer = try await client.pulls(validator: cursor.validator)
        guard let page = answer.value else { return false }
        var seen: [Observation.PullSeen] = []
        for pull in page.items where pull.head.repository == client.repository {
            guard try await facts.isOurs(branch: pull.head.ref) else { continue }
            seen.append(Observation.PullSeen(pull))
        }
        await inbox.send([.observed(.pulls(seen, cursor: .init(since: nil, validator: answer.validator)))])
        return !seen.isEmpty
    }

    /// What is said of the pull requests that wait for a review: reviews, comments on lines, checks, conflicts.
    func seeOpenPulls() async throws {
        for known in try await facts.openPulls() {
            let pull: GHPull
            do { pull = try await client.pull(known.number) } catch {
                guard error.code == .notFound || error.code == .gone else { throw error }
                continue
            }
            var seen = Observation.PullSeen(pull)
            if seen.state == "open" { seen.feedback = try await feedback(on: pull) }
            await inbox.send([.observed(.pulls([seen], cursor: nil))])
        }
    }

    private func feedback(on pull: GHPull) async throws -> [Observation.FeedbackSeen] {
        var all: [Observation.FeedbackSeen] = []
        let login = await account.name()
        for review in try await client.reviews(pull.number) {
            guard review.state != .pending, review.state != .dismissed,
                review.state == .changesRequested || (review.state == .commented && !review.body.isEmpty)
            else { continue }
            if review.author.login == login, CommentMarker(of: review.body) != nil { continue }
            let verdict = review.state == .changesRequested ? "Changes requested. " : ""
            all.append(
                .init(
                    key: "review:\(review.id)",
                    kind: "review",
                    author: review.author.login,
                    isTrusted: try await canWrite(review.author, review.authorAssociation),
                    text: verdict + review.body,
                    atMs: review.submittedAt?.ms ?? pull.updatedAt.ms
                )
            )
        }
        for comment in try await client.reviewComments(pull.number) where CommentMarker(of: comment.body) == nil {
            let place = comment.path + (comment.line.map { ":\($0)" } ?? "")
            all.append(
                .init(
                    key: "comment:line:\(comment.id)",
                    kind: "comment",
                    author: comment.author.login,
                    isTrusted: try await canWrite(comment.author, comment.authorAssociation),
                    text: "On `\(place)`: \(comment.body)",
                    atMs: comment.createdAt.ms
                )
            )
        }
        for check in try await client.checks(pull.head.sha).failed {
            all.append(
                .init(
                    key: "check:\(pull.head.sha):\(check.name)",
                    kind: "check",
                    author: "",
                    isTrusted: true,
                    text: "`\(check.name)` (\(check.reason)): \(check.summary)\n\(check.url)",
                    atMs: pull.updatedAt.ms
                )
            )
        }
        return all
    }
}
