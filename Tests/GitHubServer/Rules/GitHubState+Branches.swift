extension GitHubState {
    /// Looks at the real branches, and does what GitHub does after a push.
    ///
    /// A moved head is a new head of its pull request; a pull request whose head or base branch is gone is closed; one whose head has
    /// come into the base by itself counts as merged (docs.github.com "About pull request merges", indirect merges).
    mutating func lookAtBranches() throws {
        for (id, repository) in repositories {
            guard let git = repository.git else { continue }
            if let branch = try git.defaultBranch(), branch != repository.defaultBranch {
                try changeRepository(id) { $0.defaultBranch = branch }
            }
            let open = repository.issues.values.filter { $0.isOpen && $0.pull != nil }.sorted { $0.number < $1.number }
            if open.isEmpty { continue }
            let heads = try git.heads()
            for issue in open {
                try follow(issue, IssuePlace(repository: id, number: issue.number), heads, git)
            }
        }
    }

    private mutating func follow(
        _ issue: ForgeIssue,
        _ place: IssuePlace,
        _ heads: [String: String],
        _ git: BareRepository
    ) throws {
        guard let pull = issue.pull else { return }
        guard let base = heads[pull.baseRef], let head = heads[pull.headRef] else {
            let isMerged = try heads[pull.baseRef].map { try git.isAncestor(pull.headSHA, of: $0) } ?? false
            if isMerged, let base = heads[pull.baseRef] {
                try settleMerged(place, commit: base, by: issue.author)
            } else {
                try setOpen(place, false, by: issue.author)
            }
            return
        }
        if head != pull.headSHA {
            if try !git.isAncestor(pull.headSHA, of: head) {
                try addEvent(place, "head_ref_force_pushed", by: issue.author) { $0.commit = head }
            }
            try changePull(place) { $0.headSHA = head }
            try git.set("refs/pull/\(issue.number)/head", to: head)
            try bump(place)
            if try git.isAncestor(head, of: base) { try setOpen(place, false, by: issue.author) }
        }
        guard base != pull.baseSHA else { return }
        if head == pull.headSHA, try git.isAncestor(head, of: base) {
            try settleMerged(place, commit: base, by: issue.author)
        } else {
            try changePull(place) { $0.baseSHA = base }
        }
    }
}

extension ForgeRepository {
    /// The real git repository; nil if there is none.
    var git: BareRepository? { remote.map(BareRepository.init) }
}
