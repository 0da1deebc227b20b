extension GitHubState {
    /// Makes a label of a repository (docs.github.com/rest/issues/labels "Create a label").
    @discardableResult
    package mutating func createLabel(_ repository: Int64, name: String, color: String?, about: String?) throws
        -> ForgeLabel
    {
        let name = name.trimmed
        if name.isEmpty { throw Refusal.invalid("Label", "name", "missing_field") }
        try Self.checkLabel(name: name, color: color, about: about)
        if try self.repository(repository).label(named: name) != nil {
            throw Refusal.invalid("Label", "name", "already_exists")
        }
        // Without a colour GitHub takes one of its own.
        let label = ForgeLabel(id: newID(), name: name, color: color?.lowercased() ?? "ededed", about: about)
        try changeRepository(repository) { $0.labels[label.id] = label }
        return label
    }

    /// Changes a label; what carries it is not touched: no event, no `updated_at`.
    @discardableResult
    package mutating func changeLabel(
        _ repository: Int64,
        _ name: String,
        newName: String? = nil,
        color: String? = nil,
        about: String? = nil
    ) throws -> ForgeLabel {
        let known = try self.repository(repository)
        guard var label = known.label(named: name) else { throw Refusal.notFound }
        try Self.checkLabel(name: newName ?? name, color: color, about: about)
        if let newName, let other = known.label(named: newName), other.id != label.id {
            throw Refusal.invalid("Label", "name", "already_exists")
        }
        label.name = newName ?? label.name
        label.color = color?.lowercased() ?? label.color
        label.about = about ?? label.about
        try changeRepository(repository) { $0.labels[label.id] = label }
        return label
    }

    /// Deletes a label, also from what carries it; nobody's `updated_at` moves.
    package mutating func deleteLabel(_ repository: Int64, _ name: String) throws {
        guard let label = try self.repository(repository).label(named: name) else { throw Refusal.notFound }
        try changeRepository(repository) { repository in
            repository.labels[label.id] = nil
            for (number, issue) in repository.issues where issue.labels.contains(label.id) {
                repository.issues[number]?.labels.removeAll { $0 == label.id }
            }
        }
    }

    /// Puts labels on an issue; those that the repository does not know are made, with the colour `ededed`.
    package mutating func addLabels(_ place: IssuePlace, _ names: [String], by: String) throws {
        let ids = try labelIDs(place.repository, names)
        let missing = try issue(place).missing(ids)
        guard !missing.isEmpty else { return }
        try record(place, missing, "labeled", by: by)
        try changeIssue(place) { $0.labels += missing }
        try bump(place)
    }

    /// Takes a label off an issue.
    package mutating func removeLabel(_ place: IssuePlace, _ name: String, by: String) throws {
        let label = try repository(place.repository).label(named: name)
        guard let label, try issue(place).labels.contains(label.id) else {
            throw Refusal(404, "Label does not exist")
        }
        try record(place, [label.id], "unlabeled", by: by)
        try changeIssue(place) { $0.labels.removeAll { $0 == label.id } }
        try bump(place)
    }

    /// Replaces all labels of an issue.
    package mutating func setLabels(_ place: IssuePlace, _ names: [String], by: String) throws {
        let ids = try labelIDs(place.repository, names)
        let before = try issue(place).labels
        let gone = before.filter { !ids.contains($0) }
        let new = ids.filter { !before.contains($0) }
        guard !gone.isEmpty || !new.isEmpty else { return }
        try record(place, gone, "unlabeled", by: by)
        try record(place, new, "labeled", by: by)
        try changeIssue(place) { $0.labels = ids }
        try bump(place)
    }

    /// The ids of labels by name, once each; unknown ones are made.
    mutating func labelIDs(_ repository: Int64, _ names: [String]) throws -> [Int64] {
        let names = names.map(\.trimmed)
        for name in names {
            if name.isEmpty { throw Refusal.invalid("Label", "name", "missing_field") }
            try Self.checkLabel(name: name, color: nil, about: nil)
        }
        var ids: [Int64] = []
        for name in names {
            let known = try self.repository(repository).label(named: name)
            let label = try known ?? createLabel(repository, name: name, color: "ededed", about: nil)
            if !ids.contains(label.id) { ids.append(label.id) }
        }
        return ids
    }

    private mutating func record(_ place: IssuePlace, _ labels: [Int64], _ event: String, by: String) throws {
        for id in labels {
            guard let label = try repository(place.repository).labels[id] else { continue }
            try addEvent(place, event, by: by) { $0.label = (label.name, label.color) }
        }
    }

    private static func checkLabel(name: String, color: String?, about: String?) throws {
        if name.unicodeScalars.count > 50 {
            throw Refusal.invalid("Label", "name", "custom", "name is too long (maximum is 50 characters)")
        }
        if let color, color.count != 6 || !color.allSatisfy(\.isHexDigit) {
            throw Refusal.invalid("Label", "color", "invalid")
        }
        if let about, about.unicodeScalars.count > 100 {
            throw Refusal.invalid(
                "Label",
                "description",
                "custom",
                "description is too long (maximum is 100 characters)"
            )
        }
    }
}

extension ForgeIssue {
    /// Those of some labels that it has not.
    fileprivate func missing(_ ids: [Int64]) -> [Int64] { ids.filter { !labels.contains($0) } }
}

extension String {
    /// Without blanks around it.
    var trimmed: String {
        var rest = self[...].drop(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
