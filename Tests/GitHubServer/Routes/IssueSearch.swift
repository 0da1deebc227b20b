/// A search for issues: the qualifiers that gh uses (docs.github.com "Searching issues and pull requests").
struct IssueSearch {
    private var qualifiers: [(name: String, value: String)] = []
    private var words: [String] = []

    /// A query, such as `repo:acme/widgets state:open label:"good first issue" crash`.
    init(_ text: String) {
        var rest = text[...].drop(while: \.isWhitespace)
        while !rest.isEmpty {
            var word = ""
            var isQuoted = false
            while let character = rest.first, isQuoted || !character.isWhitespace {
                rest.removeFirst()
                if character == "\"" { isQuoted.toggle() } else { word.append(character) }
            }
            if let colon = word.firstIndex(of: ":") {
                qualifiers.append((String(word[..<colon]), String(word[word.index(after: colon)...])))
            } else {
                words.append(word.lowercased())
            }
            rest = rest.drop(while: \.isWhitespace)
        }
    }

    /// What it finds, newest first.
    func find(_ state: GitHubState, viewer: String) -> [IssuePlace] {
        var found: [(issue: ForgeIssue, place: IssuePlace)] = []
        for repository in state.repositories.values {
            if repository.isPrivate, state.role(of: viewer, in: repository) < .read { continue }
            for issue in repository.issues.values where matches(issue, repository, viewer) {
                found.append((issue, IssuePlace(repository: repository.id, number: issue.number)))
            }
        }
        return found.sorted { ($0.issue.createdMs, $0.issue.id) > ($1.issue.createdMs, $1.issue.id) }.map(\.place)
    }

    private func matches(_ issue: ForgeIssue, _ repository: ForgeRepository, _ viewer: String) -> Bool {
        let isFit = qualifiers.allSatisfy { name, value in
            let value = value == "@me" ? viewer : value
            switch name {
            case "repo": return repository.fullName.lowercased() == value.lowercased()
            case "label":
                return repository.labelNames(issue).contains { $0.lowercased() == value.lowercased() }
            case "-label":
                return !repository.labelNames(issue).contains { $0.lowercased() == value.lowercased() }
            case "state": return issue.isOpen == (value == "open")
            case "author": return issue.author.lowercased() == value.lowercased()
            case "assignee": return issue.assignees.contains { $0.lowercased() == value.lowercased() }
            case "type", "is":
                switch value {
                case "issue": return issue.pull == nil
                case "pr": return issue.pull != nil
                case "open": return issue.isOpen
                case "closed": return !issue.isOpen
                case "merged": return issue.pull?.mergedMs != nil
                default: return true
                }
            case "head": return issue.pull?.headRef == value
            case "base": return issue.pull?.baseRef == value
            default: return true
            }
        }
        guard isFit else { return false }
        let text = "\(issue.title)\n\(issue.body ?? "")".lowercased()
        return words.allSatisfy { text.contains($0) }
    }
}
