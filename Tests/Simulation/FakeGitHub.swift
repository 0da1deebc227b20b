import Hub
import OrchCore
import OrchStore

/// A repository at GitHub as the poller would tell of it, in virtual time.
final class FakeGitHub {
    final class Issue {
        let number: Int
        var title: String
        var body: String
        var labels: Set<String> = []
        var events: [Observation.LabelEvent] = []
        var isOpen = true
        var updatedAt: Int64
        var editor = Observation.Editor(login: "ann", isTrusted: true)

        init(number: Int, title: String, body: String, updatedAt: Int64) {
            self.number = number
            self.title = title
            self.body = body
            self.updatedAt = updatedAt
        }
    }

    private(set) var issues: [Int: Issue] = [:]
    /// What orch wrote: issue, marker, body.
    private(set) var comments: [(issue: Int, marker: String, body: String)] = []
    private(set) var reactions: [Int64] = []
    private(set) var pulls: [Observation.PullSeen] = []
    private(set) var pushes: [String] = []
    private(set) var retired: [Int] = []
    private(set) var status: [Int: String] = [:]
    private var spoken: [Observation.CommentSeen] = []
    /// Another hub that has claimed everything.
    var holder: String?
    private var nextID: Int64 = 100

    private func id() -> Int64 {
        nextID += 1
        return nextID
    }

    private static func text(_ ms: Int64) -> String { Timestamp.utc(ms) }

    // MARK: What people do

    func file(
        _ number: Int,
        labels: [String],
        by actor: String = "ann",
        isTrusted: Bool = true,
        body: String = "Do it.",
        at ms: Int64
    ) {
        issues[number] = Issue(number: number, title: "Task \(number)", body: body, updatedAt: ms)
        for label in labels { set(label, true, on: number, by: actor, isTrusted: isTrusted, at: ms) }
    }

    func set(
        _ label: String,
        _ isOn: Bool,
        on number: Int,
        by actor: String = "ann",
        isTrusted: Bool = true,
        at ms: Int64
    ) {
        guard let issue = issues[number], issue.labels.contains(label) != isOn else { return }
        if isOn { issue.labels.insert(label) } else { issue.labels.remove(label) }
        issue.events.append(.init(id: id(), label: label, isAdded: isOn, actor: actor, isTrusted: isTrusted))
        issue.updatedAt = ms
    }

    func edit(_ number: Int, body: String, by login: String, isTrusted: Bool, at ms: Int64) {
        guard let issue = issues[number] else { return }
        issue.body = body
        issue.editor = .init(login: login, isTrusted: isTrusted)
        issue.updatedAt = ms
    }

    @discardableResult
    func say(_ text: String, on number: Int, by author: String = "ann", isTrusted: Bool = true, at ms: Int64) -> Int64 {
        let id = id()
        spoken.append(
            .init(
                id: id,
                issue: number,
                author: author,
                isOurs: false,
                isBot: false,
                isTrusted: isTrusted,
                body: text,
                createdAtMs: ms,
                updatedAt: Self.text(ms)
            )
        )
        return id
    }

    func review(_ number: Int, _ texts: [String], isTrusted: Bool = true, at ms: Int64) {
        guard let index = pulls.firstIndex(where: { $0.number == number }) else { return }
        for text in texts {
            pulls[index].feedback.append(
                .init(
                    .init(key: "review:\(id())", kind: "review", author: "bob", text: text, atMs: ms),
                    isTrusted: isTrusted
                )
            )
        }
        pulls[index].updatedAt = Self.text(ms)
    }

    func end(_ number: Int, _ state: String, at ms: Int64) {
        guard let index = pulls.firstIndex(where: { $0.number == number }) else { return }
        pulls[index].state = state
        pulls[index].mergeCommit = state == "merged" ? "m\(number)" : nil
        pulls[index].updatedAt = Self.text(ms)
    }

    // MARK: What the poller tells

    func poll(_ tables: HubTables) throws -> [Input] {
        let seen = try issues.values.sorted { $0.number < $1.number }.map { issue in
            let known = try tables.remote.find(issue.number)
            var one = Observation.IssueSeen(
                number: issue.number,
                remoteID: Int64(issue.number) + 1_000,
                url: "https://github.test/\(issue.number)",
                title: issue.title,
                body: issue.body,
                author: "ann",
                isOpen: issue.isOpen,
                isLocked: false,
                labels: issue.labels.sorted(),
                createdAtMs: issue.updatedAt,
                updatedAt: Self.text(issue.updatedAt)
            )
            one.labelEvents = issue.events.filter { $0.id > known?.lastEvent ?? 0 }
            one.editor = issue.editor
            return one
        }
        return [
            .observed(.pulls(pulls, cursor: .init())), .observed(.issues(seen, cursor: .init(since: "s"))),
            .observed(.comments(spoken, cursor: .init(since: "s"))), .observed(.polled(gate: nil)),
            .observed(.state(.ok, reason: nil)),
        ]
    }

    // MARK: What orch does

    func perform(_ effect: Effect, _ tables: HubTables, at ms: Int64) throws -> EffectResult? {
        switch effect {
        case .claim(let it):
            if let holder { return .failed(code: .heldByOther, reason: holder) }
            post(it.issue, "claim:\(it.hub)", it.text)
            return .done(.claimed(comment: id()))
        case .setLabels(let it):
            guard let issue = issues[it.issue] else { return .failed(code: .refused, reason: "no such issue") }
            let last = try tables.remote.find(it.issue)?.lastEvent ?? 0
            let others = issue.events.filter { $0.id > last }
            let wanted = try tables.issues.labelDifference(it.issue)
            for label in wanted.add { set(label, true, on: it.issue, by: "orch", at: ms) }
            for label in wanted.remove { set(label, false, on: it.issue, by: "orch", at: ms) }
            return .done(
                .labels(observed: issue.labels.sorted(), events: others, lastEvent: issue.events.last?.id)
            )
        case .postComment(let it):
            post(it.issue, it.marker, it.body)
            return .done(.comment(id: id()))
        case .showStatus(let it):
            status[it.issue] = it.body
            return .done(.comment(id: it.comment ?? id()))
        case .react(let it):
            if !reactions.contains(it.comment) { reactions.append(it.comment) }
            return .done(.nothing)
        case .push(let it):
            if pushes.last != "\(it.branch)@\(it.commit)" { pushes.append("\(it.branch)@\(it.commit)") }
            return .done(.pushed(commit: it.commit))
        case .openPull(let it):
            if let known = pulls.first(where: { $0.branch == it.branch && $0.state == "open" }) {
                return .done(.pull(known))
            }
            let number = 900 + pulls.count
            let pull = Observation.PullSeen(
                number: number,
                branch: it.branch,
                url: "https://github.test/pull/\(number)",
                state: "open",
                isDraft: it.isDraft,
                head: "h1",
                base: "main",
                baseSHA: "b0",
                mergeCommit: nil,
                updatedAt: Self.text(ms)
            )
            pulls.append(pull)
            return .done(.pull(pull))
        case .retireWorkspace(let it):
            if !retired.contains(it.issue) { retired.append(it.issue) }
            return .done(.retired(saved: nil))
        default: return nil
        }
    }

    private func post(_ issue: Int, _ marker: String, _ body: String) {
        guard !comments.contains(where: { $0.issue == issue && $0.marker == marker }) else { return }
        comments.append((issue, marker, body))
    }
}
