import GitHub
import OrchCore
import OrchStore
import Settings

extension GitHubPoller {
    /// How much of what was seen is asked for again, in milliseconds: lists are not promised to show everything at once.
    static let overlapMs: Int64 = 60_000

    // MARK: Issues

    /// The issues that changed; whether there were any.
    func seeIssues() async throws -> Bool {
        let cursor = try await facts.cursor(Hub.Feed.issues)
        let since = cursor.since.flatMap(GHTime.init)
        // Before the first time only what is handed over counts.
        let labels = since == nil ? [settings.value.labels.orchestrate] : []
        var link: PageLink?
        var newest = since?.ms
        var hasNews = false
        var isSettled = true
        var validator: String?
        repeat {
            let answer = try await client.issues(
                since: since,
                labels: labels,
                state: since == nil ? .open : nil,
                page: link,
                validator: link == nil ? cursor.validator : nil
            )
            guard let page = answer.value else { return false }
            if link == nil { validator = answer.validator }
            var seen: [Observation.IssueSeen] = []
            for issue in page.items {
                newest = max(newest ?? 0, issue.updatedAt.ms)
                guard !issue.isPullRequest else { continue }
                switch try await look(at: issue) {
                case .nothing: break
                case .news(let one): seen.append(one)
                case .unsettled: isSettled = false
                }
            }
            link = page.next
            hasNews = hasNews || !seen.isEmpty
            // The cursor moves with the last page: what was seen before a crash is seen again. What is not settled is asked for again.
            var next = cursor
            if link == nil {
                next = isSettled ? moved(cursor, newest, validator) : .init(since: cursor.since, validator: nil)
            }
            await inbox.send([.observed(.issues(seen, cursor: next))])
        } while link != nil
        return hasNews
    }

    /// Where the next look begins.
    ///
    /// While nothing newer is seen it stays as it is, so that the request, and with it the validator, stays the same.
    private func moved(_ cursor: TrackerTable.Cursor, _ newest: Int64?, _ validator: String?) -> TrackerTable.Cursor {
        let before = cursor.since.flatMap(GHTime.init)?.ms
        // An empty repository: from two days ago by our clock, which may be wrong by one.
        let start = newest ?? SystemTime.nowMs - 172_800_000
        let target = GHTime(ms: start - Self.overlapMs)
        guard before.map({ target.ms > $0 + Self.overlapMs }) ?? true else {
            return TrackerTable.Cursor(since: cursor.since, validator: validator)
        }
        return TrackerTable.Cursor(since: target.text, validator: nil)
    }

    /// What a look at an issue brings.
    private enum Look {
        /// It is not the hub's business, or is as it was.
        case nothing
        case news(Observation.IssueSeen)
        /// What lists say of it does not go together yet.
        case unsettled
    }

    /// What the hub has to know of an issue that changed.
    private func look(at listed: GHIssue, isWanted: Bool = false) async throws -> Look {
        var issue = listed
        let known = try await facts.known(issue.number)
        let names = settings.value.labels
        let isOurs = issue.labels.contains { $0.lowercased() == names.orchestrate.lowercased() }
        guard known != nil || isOurs || isWanted else { return .nothing }
        if let known, known.remote.gone == nil {
            guard issue.updatedAt.text >= known.remote.updatedAt else { return .nothing }
            // Two versions of the same second: the issue itself tells which is the newer one.
            if issue.updatedAt.text == known.remote.updatedAt, known.title != issue.title || known.body != issue.body {
                issue = try await client.issue(issue.number)
            }
        }
        var seen = Observation.IssueSeen(issue)
        seen.isWanted = isWanted
        let before = Set((known?.observedLabels ?? []).map { $0.lowercased() })
        let isSame =
            known.map {
                $0.remote.updatedAt == issue.updatedAt.text && $0.title == issue.title && $0.body == issue.body
                    && $0.isOpen == (issue.state == .open)
            } ?? false
        if known == nil || before != Set(issue.labels.map { $0.lowercased() }) {
            let last = known?.remote.lastEvent ?? 0
            let events = try await client.labelEvents(issue.number).filter { $0.id > last }
            guard isSettled(issue, before, events) else { return .unsettled }
            seen.labelEvents = try await self.seen(events)
        } else if isSame {
            return .nothing
        }
        if let known, known.title != issue.title || known.body != issue.body {
            // GitHub's REST interface does not tell who edited; the author can, and whoever has write access.
            seen.editor = .init(
                login: issue.author.login,
                isTrusted: try await canWrite(issue.author, issue.authorAssociation)
            )
        }
        if (issue.blockedByTotal ?? 0) > 0 {
            let blockers = try await client.blockedBy(issue.number) ?? []
            seen.nativeBlockers = blockers.filter { $0.isOpen && $0.repository == client.repository }.map(\.number)
        } else if known != nil {
            seen.nativeBlockers = []
        }
        return .news(seen)
    }

    private func seen(_ events: [GHLabelEvent]) async throws -> [Observation.LabelEvent] {
        var seen: [Observation.LabelEvent] = []
        for event in events {
            seen.append(Observation.LabelEvent(event, isTrusted: try await canWrite(event.actor, .none)))
        }
        return seen
    }

    /// Whether the events explain the labels.
    ///
    /// One of the two lists may be older than the other; then it is looked at again, a few times only, since a label that was renamed or
    /// deleted leaves no event.
    private func isSettled(_ issue: GHIssue, _ before: Set<String>, _ events: [GHLabelEvent]) -> Bool {
        var labels = before
        for event in events {
            if event.isAdded {
                labels.insert(event.label.lowercased())
            } else {
                labels.remove(event.label.lowercased())
            }
        }
        if labels == Set(issue.labels.map { $0.lowercased() }) {
            unsettled[issue.number] = nil
            return true
        }
        let last = unsettled[issue.number].flatMap { $0.updatedAt == issue.updatedAt.text ? $0.looks : nil } ?? 0
        guard last < 2 else {
            unsettled[issue.number] = nil
            return true
        }
        unsettled[issue.number] = (issue.updatedAt.text, last + 1)
        return false
    }

    /// The issues that others name as blockers; whether there was any that is new.
    func seeBlockers() async throws -> Bool {
        var hasNews = false
        for number in try await facts.unknownBlockers() where !missing.contains(number) {
            do {
                let issue = try await client.issue(number)
                guard !issue.isPullRequest else {
                    missing.insert(number)
                    continue
                }
                guard case .news(let seen) = try await look(at: issue, isWanted: true) else { continue }
                hasNews = true
                await inbox.send([.observed(.issues([seen], cursor: try facts.cursor(Hub.Feed.issues)))])
            } catch let error as GitHubError {
                guard [.notFound, .gone, .moved].contains(error.code) else { throw error }
                missing.insert(number)
            }
        }
        return hasNews
    }

    // MARK: Comments

    /// The comments that are new or changed; whether there were any.
    func seeComments() async throws -> Bool {
        let cursor = try await facts.cursor(Hub.Feed.comments)
        guard let since = cursor.since.flatMap(GHTime.init) else {
            // What was said before orch came is not told to anybody; its clock is GitHub's, by what changed last.
            let issues = try await facts.cursor(Hub.Feed.issues).since
            let start = issues ?? GHTime(ms: SystemTime.nowMs - Self.overlapMs).text
            await inbox.send([.observed(.comments([], cursor: .init(since: start)))])
            return false
        }
        var link: PageLink?
        var newest = since.ms
        var hasNews = false
        var validator: String?
        repeat {
            let answer = try await client.comments(
                since: since,
                page: link,
                validator: link == nil ? cursor.validator : nil
            )
            guard let page = answer.value else { return false }
            if link == nil { validator = answer.validator }
            var seen: [Observation.CommentSeen] = []
            for comment in page.items {
                newest = max(newest, comment.updatedAt.ms)
                if let one = try await look(at: comment) { seen.append(one) }
            }
            link = page.next
            hasNews = hasNews || !seen.isEmpty
            let next = link == nil ? moved(cursor, newest, validator) : cursor
            await inbox.send([.observed(.comments(seen, cursor: next))])
        } while link != nil
        return hasNews
    }

    private func look(at comment: GHComment) async throws -> Observation.CommentSeen? {
        if let known = try await facts.commentUpdatedAt(comment.id), known >= comment.updatedAt.text { return nil }
        let login = await account.name()
        let marker = CommentMarker(of: comment.body)
        let isMe = comment.author.isNamed(login)
        let isOurs = marker != nil && (isMe || (login == nil && comment.author.isBot))
        let isTrusted = isMe ? true : try await canWrite(comment.author, comment.authorAssociation)
        var seen = Observation.CommentSeen(
            id: comment.id,
            issue: comment.issue,
            author: comment.author.login,
            isOurs: isOurs,
            isBot: comment.author.isBot,
            isTrusted: isTrusted,
            body: comment.body,
            createdAtMs: comment.createdAt.ms,
            updatedAt: comment.updatedAt.text
        )
        if isTrusted { seen.claim = marker.flatMap(Observation.ClaimSeen.init) }
        return seen
    }

    /// Whether somebody may write to the repository (I11).
    func canWrite(_ user: GHUser, _ association: GHAssociation) async throws -> Bool {
        if association.isOwner { return true }
        if user.isNamed(await account.name()) { return true }
        let since = SystemTime.nowMs - 600_000
        if let known = try await facts.permission(user.login, askedAfterMs: since) {
            return GHPermission(rawValue: known)?.canWrite ?? false
        }
        let permission = try await client.permission(user.login)
        await inbox.send([.observed(.permission(login: user.login, level: permission.rawValue))])
        return permission.canWrite
    }
}
