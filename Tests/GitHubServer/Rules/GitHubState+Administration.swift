import OrchCore

extension GitHubState {
    /// Locks or unlocks a conversation (docs.github.com/rest/issues/issues "Lock an issue").
    package mutating func setLocked(_ place: IssuePlace, _ isLocked: Bool, reason: String? = nil, by: String) throws {
        if let reason, !["off-topic", "too heated", "resolved", "spam"].contains(reason) {
            throw Refusal.invalid("Issue", "lock_reason", "invalid")
        }
        guard try issue(place).isLocked != isLocked else { return }
        try addEvent(place, isLocked ? "locked" : "unlocked", by: by) { $0.lockReason = isLocked ? reason : nil }
        try changeIssue(place) { issue in
            issue.isLocked = isLocked
            issue.lockReason = isLocked ? reason : nil
        }
        try bump(place)
    }

    /// Deletes an issue for good: its number answers 410 from then on.
    package mutating func deleteIssue(_ place: IssuePlace) throws {
        let issue = try issue(place)
        try changeRepository(place.repository) { repository in
            repository.issues[place.number] = nil
            repository.deleted.insert(place.number)
        }
        issuePlaces[issue.id] = nil
        for comment in issue.comments { commentPlaces[comment.id] = nil }
    }

    /// Moves an issue to another repository of the same owner; its old number redirects.
    ///
    /// Labels go along where the other repository has them by name (docs.github.com "Transferring an issue to another repository").
    package mutating func transferIssue(_ place: IssuePlace, to target: Int64, by: String) throws -> IssuePlace {
        let issue = try issue(place)
        guard issue.pull == nil else { throw Refusal(422, "Pull requests can't be transferred") }
        let (source, destination) = (try repository(place.repository), try repository(target))
        guard source.owner == destination.owner else { throw Refusal(422, "The repositories have different owners") }
        var moved = issue
        let number = destination.nextNumber
        moved.number = number
        moved.labels = source.labelNames(issue).compactMap { destination.label(named: $0)?.id }
        moved.updatedMs = nowMs
        let new = IssuePlace(repository: target, number: number)
        try changeRepository(target) { repository in
            repository.nextNumber += 1
            repository.issues[number] = moved
        }
        try changeRepository(place.repository) { repository in
            repository.issues[place.number] = nil
            repository.transferred[place.number] = new
        }
        issuePlaces[issue.id] = new
        for comment in issue.comments { commentPlaces[comment.id] = new }
        try addEvent(new, "transferred", by: by)
        return new
    }

    /// Gives a repository another name; the old one redirects until somebody takes it.
    package mutating func renameRepository(_ id: Int64, to name: String) throws {
        let key = "\(try repository(id).owner)/\(name)".lowercased()
        if let other = names[key], other != id, repositories[other]?.fullName.lowercased() == key {
            throw Refusal.invalid("Repository", "name", "custom", "name already exists on this account")
        }
        try changeRepository(id) { $0.name = name }
        names[key] = id
    }

    /// Deletes a repository: from then on 404.
    package mutating func deleteRepository(_ id: Int64) throws {
        guard repositories.removeValue(forKey: id) != nil else { throw Refusal.notFound }
        names = names.filter { $0.value != id }
        issuePlaces = issuePlaces.filter { $0.value.repository != id }
        commentPlaces = commentPlaces.filter { $0.value.repository != id }
        reviewCommentPlaces = reviewCommentPlaces.filter { $0.value.repository != id }
        wrote()
    }

    /// Marks an issue as blocked by another (docs.github.com/rest/issues/issue-dependencies).
    package mutating func addBlocker(_ place: IssuePlace, _ blocker: Int64, by: String) throws {
        let issue = try issue(place)
        guard issuePlaces[blocker] != nil else { throw Refusal.notFound }
        if issue.id == blocker || blocks(issue.id, blocker) {
            throw Refusal(422, "Validation Failed", errors: ["The dependency would be circular"])
        }
        if issue.blockedBy.contains(blocker) {
            throw Refusal(422, "Validation Failed", errors: ["Target issue has already been taken"])
        }
        try addEvent(place, "blocked_by_added", by: by)
        try changeIssue(place) { $0.blockedBy.append(blocker) }
        hasBlockers = true
        try bump(place)
    }

    /// Takes such a mark away.
    package mutating func removeBlocker(_ place: IssuePlace, _ blocker: Int64, by: String) throws {
        guard try issue(place).blockedBy.contains(blocker) else { throw Refusal.notFound }
        try addEvent(place, "blocked_by_removed", by: by)
        try changeIssue(place) { $0.blockedBy.removeAll { $0 == blocker } }
        try bump(place)
    }

    /// Whether an issue blocks another, perhaps through more of them.
    private func blocks(_ issue: Int64, _ other: Int64) -> Bool {
        var left = [other]
        var seen: Set<Int64> = []
        while let id = left.popLast() {
            guard seen.insert(id).inserted, let place = issuePlaces[id] else { continue }
            let blockers = repositories[place.repository]?.issues[place.number]?.blockedBy ?? []
            if blockers.contains(issue) { return true }
            left += blockers
        }
        return false
    }
}
