extension GitHubError {
    /// The refusals of what was sent that mean something to orch.
    package enum Objection: Sendable, Hashable {
        /// There is one already: a label of that name, a pull request of that branch.
        case alreadyExists
        /// The head branch is not on GitHub: it was not pushed.
        case headMissing
        /// The branch has nothing that the base has not.
        case nothingToMerge
        /// A text is longer than GitHub takes.
        case tooLong
        /// Anything else.
        case other
    }

    /// What GitHub objects to, when it refuses what was sent.
    ///
    /// `already_exists` and `invalid` are codes. The others come as `custom`, where "refer to the message" is all that GitHub's
    /// documentation says, so the words are compared; words that change make it `other`, which is refused for good as well.
    package var objection: Objection? {
        guard code == .invalid else { return nil }
        for field in fields {
            let words = field.message?.lowercased() ?? ""
            if field.code == "already_exists" || words.contains("already exists") { return .alreadyExists }
            if words.contains("no commits between") { return .nothingToMerge }
            if words.contains("is too long") { return .tooLong }
            if field.field == "head", field.code == "invalid" { return .headMissing }
        }
        return .other
    }
}
