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
                if !issue.isPullRequest, let one = try await look(at: issue) { seen.append(one) }
            }
            link = page.next
            hasNews = hasNews || !seen.isEmpty
            // The cursor moves with the last page: what was seen before a crash is seen again.
            let isLast = link == nil
            let next = isLast ? moved(cursor, newest, validator, isWhole: page.items.count < 100) : cursor
            await inbox.send([.observed(.issues(seen, cursor: next))])
        } while link != nil
        return hasNews
    }

    /// Where the next look begins.
    ///
    /// While nothing newer is seen it stays as it is, so that the request, and with it the validator, stays the same.
    private func moved(_ cursor: TrackerTable.Cursor, _ newest: Int64?, _ validator: String?, isWhole: Bool)
        -> TrackerTable.Cursor
    {
        let before = cursor.since.flatMap(GHTime.init)?.ms
        // An empty repository: from a day ago by our clock, which may be wrong by that much.
        let start = newest ?? SystemTime.nowMs - 86_400_000
        let target = GHTime(ms: start - Self.overlapMs)
        guard before.map({ target.ms > $0 + Self.overlapMs }) ?? true else {
            return TrackerTable.Cursor(since: cursor.since, validator: validator)
        }
        return TrackerTable.Cursor(since: target.text, validator: nil)
    }

    /// What the hub has to know of an issue that changed; nil when it is not the hub's business.
    private func look(at issue: GHIssue, isWanted: Bool = false) async throws -> Observation.IssueSeen? {
        let known = try await facts.known(issue.number)
        let names = settings.value.labels
        let isOurs = issue.labels.contains { $0.lowercased() == names.orchestrate.lowercased() }
        guard known != nil || isOurs || isWanted else { return nil }
        if let known, known.remote.gone == nil, issue.updatedAt.text < known.remote.updatedAt { return nil }
        var seen = Observation.IssueSeen(issue)
        seen.isWanted = isWanted
        let before = known.map { Set($0.observedLabels.map { $0.lowercased() }) }
        let isSame =
            known.map {
                $0.remote.updatedAt == issue.updatedAt.text && $0.title == issue.title && $0.body == issue.body
                    && $0.isOpen == (issue.state == .open)
            } ?? false
        if before != Set(issue.labels.map { $0.lowercased() }) {
            let last = known?.remote.lastEvent ?? 0
            var events: [Observation.LabelEvent] = []
            for event in try await client.labelEvents(issue.number) where event.id > last {
                events.append(
                    Observation.LabelEvent(
                        id: event.id,
                        label: event.label,
                        isAdded: event.isAdded,
                        actor: event.actor.login,
                        isTrusted: try await canWrite(event.actor, .none)
                    )
                )
            }
            seen.labelEvents = events
        } else if isSame {
            return nil
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
        return seen
    }

    /// The issues that others name as blockers.
    func seeBlockers() async throws {
        for number in try await facts.unknownBlockers() where !missing.contains(number) {
            do {
                let issue = try await client.issue(number)
                guard !issue.isPullRequest, let seen = try await look(at: issue, isWanted: true) else {
                    missing.insert(number)
                    continue
                }
                await inbox.send([.observed(.issues([seen], cursor: try facts.cursor(Hub.Feed.issues)))])
            } catch let error as GitHubError {
                guard [.notFound, .gone, .moved].contains(error.code) else { throw error }
                missing.insert(number)
            }
        }
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
            let next = link == nil ? moved(cursor, newest, validator, isWhole: true) : cursor
            await inbox.send([.observed(.comments(seen, cursor: next))])
        } while link != nil
        return hasNews
    }

    private func look(at comment: GHComment) async throws -> Observation.CommentSeen? {
        if let known = try await facts.commentUpdatedAt(comment.id), known >= comment.updatedAt.text { return nil }
        let login = await account.name()
        let marker = CommentMarker(of: comment.body)
        let isMe = login.map { $0.lowercased() == comment.author.login.lowercased() } ?? false
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
        if isTrusted, let marker, marker.kind == "claim" || marker.kind == "withdrawn", let hub = marker.field("hub") {
            seen.claim = .init(hub: hub, host: marker.field("host") ?? "?", isReleased: marker.kind == "withdrawn")
        }
        return seen
    }

    /// Whether somebody may write to the repository (I11).
    func canWrite(_ user: GHUser, _ association: GHAssociation) async throws -> Bool {
        if association.isInside { return true }
        if let login = await account.name(), login.lowercased() == user.login.lowercased() { return true }
        let since = SystemTime.nowMs - 600_000
        if let known = try await facts.permission(user.login, askedAfterMs: since) {
            return GHPermission(rawValue: known)?.canWrite ?? false
        }
        let permission = try await client.permission(user.login)
        await inbox.send([.observed(.permission(login: user.login, level: permission.rawValue))])
        return permission.canWrite
    }
}
