import GitHub
import OrchCore
import OrchStore
import Settings

extension GitHubPoller {
    /// The pull requests that changed; whether there were any of ours.
    func seePulls() async throws -> Bool {
        let cursor = try await facts.cursor(Hub.Feed.pulls)
        let answer = try await client.pulls(validator: cursor.validator)
        guard let page = answer.value else { return false }
        var seen: [Observation.PullSeen] = []
        for pull in page.items where pull.head.repository == client.repository {
            guard try await facts.isOurs(branch: pull.head.ref) else { continue }
            // A merge moves the base of the others.
            if pull.isMerged { baseMoved = true }
            seen.append(Observation.PullSeen(pull))
        }
        await inbox.send([.observed(.pulls(seen, cursor: .init(since: nil, validator: answer.validator)))])
        return !seen.isEmpty
    }

    /// What is said of the pull requests that wait for a review: reviews, comments on lines, checks, conflicts; whether anything was asked
    /// for that had changed.
    ///
    /// Reviews and comments change the time of a pull request, which the feed tells. Checks and the base do not: they are asked for with a
    /// validator, often while something is awaited, and seldom else.
    func seeOpenPulls() async throws -> Bool {
        let nowMs = SystemTime.nowMs
        let open = try await facts.openPulls()
        pullLooks = pullLooks.filter { look in open.contains { $0.number == look.key } }
        var hasNews = false
        for known in open {
            do { hasNews = try await see(known, nowMs: nowMs) || hasNews } catch let error as GitHubError {
                guard error.code == .notFound || error.code == .gone else { throw error }
            }
        }
        baseMoved = false
        return hasNews
    }

    private func see(_ known: PullTable.Record, nowMs: Int64) async throws -> Bool {
        let pollMs = settings.value.pollMs
        var look = pullLooks[known.number] ?? PullLook()
        let isChanged = look.pull.map { $0.updatedAt.text < known.updatedAt || $0.head.sha != known.head } ?? true
        guard isChanged || baseMoved || look.isDue(nowMs: nowMs, pollMs: pollMs) else { return false }
        look.atMs = nowMs
        let answer = try await client.pull(known.number, validator: isChanged ? nil : look.validator)
        if let pull = answer.value {
            if pull.head.sha != look.pull?.head.sha {
                look.report = nil
                look.headSinceMs = nowMs
            }
            look.pull = pull
            look.validator = answer.validator
        }
        guard let pull = look.pull else { return false }
        var seen = Observation.PullSeen(pull)
        guard seen.state == "open" else {
            await inbox.send([.observed(.pulls([seen], cursor: nil))])
            return true
        }
        let report = try await client.checks(pull.head.sha, since: look.report ?? GHCheckReport())
        let hasNews = answer.value != nil || report != look.report
        look.report = report
        if hasNews {
            seen.feedback = try await feedback(on: pull, report)
            await inbox.send([.observed(.pulls([seen], cursor: nil))])
        }
        pullLooks[known.number] = look
        return hasNews
    }

    private func feedback(on pull: GHPull, _ report: GHCheckReport) async throws -> [Observation.FeedbackSeen] {
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
                    .init(
                        key: "review:\(review.id)",
                        kind: "review",
                        author: review.author.login,
                        text: verdict + review.body,
                        atMs: review.submittedAt?.ms ?? pull.updatedAt.ms
                    ),
                    isTrusted: try await canWrite(review.author, review.authorAssociation)
                )
            )
        }
        for comment in try await client.reviewComments(pull.number) where CommentMarker(of: comment.body) == nil {
            let place = comment.path + (comment.line.map { ":\($0)" } ?? "")
            all.append(
                .init(
                    .init(
                        key: "comment:line:\(comment.id)",
                        kind: "comment",
                        author: comment.author.login,
                        text: "On `\(place)`: \(comment.body)",
                        atMs: comment.createdAt.ms
                    ),
                    isTrusted: try await canWrite(comment.author, comment.authorAssociation)
                )
            )
        }
        for check in report.failed {
            all.append(
                .init(
                    .init(
                        key: "check:\(pull.head.sha):\(check.name)",
                        kind: "check",
                        author: "",
                        text: "`\(check.name)` (\(check.reason)): \(check.summary)\n\(check.url)",
                        atMs: pull.updatedAt.ms
                    ),
                    isTrusted: true
                )
            )
        }
        return all
    }
}
