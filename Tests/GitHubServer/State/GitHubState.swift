/// All that the server knows: a value, so that an older one can be kept and answered from.
///
/// Its rules are in `Rules/`: each is a `mutating` function that checks first and changes then, or throws a `Refusal` with nothing
/// changed. Who may do it is checked before, from the route.
package struct GitHubState: Sendable {
    /// The server's time, set before each step.
    package var nowMs: Int64
    /// Counts what was changed: a request that left it alone had no effect.
    package private(set) var revision = 0
    private var lastID: Int64 = 1000
    /// By lower-cased login.
    package private(set) var users: [String: GitHubUser] = [:]
    package var tokens: [String: AccessToken] = [:]
    package var repositories: [Int64: ForgeRepository] = [:]
    /// The ids of the repositories by lower-cased `owner/name`; former names stay, and redirect.
    package var names: [String: Int64] = [:]
    /// Where issues are, by id.
    package var issuePlaces: [Int64: IssuePlace] = [:]
    /// Where the issues of comments are, by the comment's id.
    package var commentPlaces: [Int64: IssuePlace] = [:]
    /// Where the pull requests of reviews' comments are, by the comment's id.
    package var reviewCommentPlaces: [Int64: IssuePlace] = [:]
    /// Whether any issue was ever blocked by another.
    package var hasBlockers = false
    /// Who was mentioned by whom and where, in order: each would have got a mail.
    package var mentions: [Mention] = []

    /// Nothing yet.
    package init(nowMs: Int64) { self.nowMs = nowMs }

    /// The next id: they grow over everything, as GitHub's do within a kind.
    mutating func newID() -> Int64 {
        lastID += 1
        return lastID
    }

    /// Notes that something was changed.
    mutating func wrote() { revision += 1 }

    /// Adds a user, or finds who is there.
    @discardableResult
    package mutating func addUser(_ login: String, type: String = "User") -> GitHubUser {
        if let user = users[login.lowercased()] { return user }
        let user = GitHubUser(id: newID(), login: login, type: type)
        users[login.lowercased()] = user
        return user
    }

    /// A user by login, whatever the case.
    package func user(_ login: String) -> GitHubUser? { users[login.lowercased()] }

    /// Adds a repository; its owner becomes a user if need be.
    @discardableResult
    package mutating func addRepository(_ owner: String, _ name: String, remote: String?) -> Int64 {
        addUser(owner)
        let id = newID()
        repositories[id] = ForgeRepository(id: id, owner: owner, name: name, remote: remote, createdMs: nowMs)
        names["\(owner)/\(name)".lowercased()] = id
        for (name, color, about) in GitHubState.firstLabels {
            let label = ForgeLabel(id: newID(), name: name, color: color, about: about)
            repositories[id]?.labels[label.id] = label
        }
        wrote()
        return id
    }

    /// The labels that every new repository has (docs.github.com "Managing labels", default labels), some of them.
    private static let firstLabels = [
        ("bug", "d73a4a", "Something isn't working"),
        ("documentation", "0075ca", "Improvements or additions to documentation"),
        ("enhancement", "a2eeef", "New feature or request"),
        ("question", "d876e3", "Further information is requested"),
    ]

    /// The role of a user in a repository.
    package func role(of login: String?, in repository: ForgeRepository) -> Role {
        guard let login = login?.lowercased() else { return .none }
        return login == repository.owner.lowercased() ? .admin : repository.roles[login] ?? .none
    }

    /// Changes a repository in its place.
    mutating func changeRepository<T>(_ id: Int64, _ body: (inout ForgeRepository) throws -> T) throws -> T {
        guard let index = repositories.index(forKey: id) else { throw Refusal.notFound }
        wrote()
        return try body(&repositories.values[index])
    }

    /// Changes an issue in its place.
    mutating func changeIssue<T>(_ place: IssuePlace, _ body: (inout ForgeIssue) throws -> T) throws -> T {
        guard let index = repositories.index(forKey: place.repository),
            let at = repositories.values[index].issues.index(forKey: place.number)
        else { throw Refusal.notFound }
        wrote()
        return try body(&repositories.values[index].issues.values[at])
    }

    /// A repository.
    package func repository(_ id: Int64) throws -> ForgeRepository {
        guard let repository = repositories[id] else { throw Refusal.notFound }
        return repository
    }

    /// An issue; a deleted one is gone, a transferred one is elsewhere.
    package func issue(_ place: IssuePlace) throws -> ForgeIssue {
        guard let repository = repositories[place.repository] else { throw Refusal.notFound }
        if let issue = repository.issues[place.number] { return issue }
        if repository.deleted.contains(place.number) { throw Refusal(410, "This issue was deleted") }
        throw Refusal.notFound
    }

    /// The pull request of an issue.
    package func pull(_ place: IssuePlace) throws -> (issue: ForgeIssue, pull: ForgePull) {
        guard let issue = repositories[place.repository]?.issues[place.number], let pull = issue.pull else {
            throw Refusal.notFound
        }
        return (issue, pull)
    }
}

/// Somebody was mentioned with `@`.
package struct Mention: Sendable, Hashable {
    package var who: String
    package var by: String
    package var number: Int
}
