/// The real git repository behind a repository: what it says about branches and merges is git's own word.
package struct BareRepository: Sendable {
    /// Its folder.
    package let path: String

    /// A commit.
    package struct Commit: Sendable {
        package var sha: String
        package var parents: [String]
        package var author: String
        package var email: String
        package var date: String
        package var message: String
        package var tree: String
    }

    /// A file that a pull request changes.
    package struct ChangedFile: Sendable {
        package var path: String
        package var status: String
        package var additions: Int
        package var deletions: Int
    }

    /// The one in a folder.
    package init(path: String) { self.path = path }

    /// The heads of all branches.
    package func heads() throws -> [String: String] {
        let format = "--format=%(objectname) %(refname:lstrip=2)"
        var heads: [String: String] = [:]
        for line in try need("for-each-ref", format, "refs/heads").split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 1)
            if parts.count == 2 { heads[String(parts[1])] = String(parts[0]) }
        }
        return heads
    }

    /// The branch that HEAD names.
    package func defaultBranch() throws -> String? {
        let outcome = try GitRun.run(path, ["symbolic-ref", "--short", "HEAD"])
        return outcome.status == 0 ? outcome.line : nil
    }

    /// The commit of a name; nil if there is none.
    package func commit(of name: String) throws -> String? {
        if name.hasPrefix("-") { return nil }
        let outcome = try GitRun.run(path, ["rev-parse", "--verify", "--quiet", "\(name)^{commit}"])
        return outcome.status == 0 ? outcome.line : nil
    }

    /// How many commits each of two has that the other has not.
    package func counts(_ base: String, _ head: String) throws -> (behind: Int, ahead: Int) {
        let text = try need("rev-list", "--left-right", "--count", "\(base)...\(head)")
        let parts = text.split { $0 == "\t" || $0 == "\n" }
        return (Int(parts.first ?? "0") ?? 0, Int(parts.last ?? "0") ?? 0)
    }

    /// Whether everything of a commit is in another.
    package func isAncestor(_ old: String, of new: String) throws -> Bool {
        try GitRun.run(path, ["merge-base", "--is-ancestor", old, new]).status == 0
    }

    /// The newest common commit; nil for strangers.
    package func mergeBase(_ one: String, _ other: String) throws -> String? {
        let outcome = try GitRun.run(path, ["merge-base", one, other])
        return outcome.status == 0 ? outcome.line : nil
    }

    /// The tree of a merge; nil for a conflict (`git merge-tree --write-tree`).
    package func mergedTree(_ base: String, _ head: String) throws -> String? {
        let outcome = try GitRun.run(path, ["merge-tree", "--write-tree", "--name-only", base, head])
        switch outcome.status {
        case 0: return outcome.output.split(separator: "\n").first.map(String.init)
        case 1: return nil
        default: throw Refusal(500, "git merge-tree: \(outcome.error)")
        }
    }

    /// Writes a commit.
    package func commit(tree: String, parents: [String], message: String, by: String, atMs: Int64) throws -> String {
        let seconds = "\(atMs / 1000) +0000"
        let mail = "\(by)@users.noreply.github.invalid"
        let environment = [
            "GIT_AUTHOR_NAME": by, "GIT_AUTHOR_EMAIL": mail, "GIT_AUTHOR_DATE": seconds,
            "GIT_COMMITTER_NAME": "GitHub", "GIT_COMMITTER_EMAIL": "noreply@github.invalid",
            "GIT_COMMITTER_DATE": seconds,
        ]
        let arguments = ["commit-tree", tree] + parents.flatMap { ["-p", $0] } + ["-m", message]
        let outcome = try GitRun.run(path, arguments, environment: environment)
        guard outcome.status == 0 else { throw Refusal(500, "git commit-tree: \(outcome.error)") }
        return outcome.line
    }

    /// Moves a ref from one commit to another; false if it is no longer where it was.
    package func move(_ ref: String, from old: String, to new: String) throws -> Bool {
        try GitRun.run(path, ["update-ref", ref, new, old]).status == 0
    }

    /// Sets a ref whatever it was.
    package func set(_ ref: String, to new: String) throws { try need("update-ref", ref, new) }

    /// Deletes a branch; false if there is none.
    package func deleteBranch(_ name: String) throws -> Bool {
        guard try heads()[name] != nil else { return false }
        try need("update-ref", "-d", "refs/heads/\(name)")
        return true
    }

    /// The commits of a range such as `main..feature`, oldest first, or of one name.
    package func log(_ range: String, limit: Int = 250) throws -> [Commit] {
        let format = "--format=%H%x00%P%x00%an%x00%ae%x00%aI%x00%T%x00%B%x00%x01"
        let text = try need("log", "--reverse", "--max-count=\(limit)", format, range, "--")
        return text.split(separator: "\u{1}").compactMap { record in
            let fields = record.split(separator: "\0", omittingEmptySubsequences: false).map(String.init)
            guard fields.count >= 7 else { return nil }
            return Commit(
                sha: fields[0].trimmed,
                parents: fields[1].split(separator: " ").map(String.init),
                author: fields[2],
                email: fields[3],
                date: fields[4],
                message: fields[6].trimmed,
                tree: fields[5]
            )
        }
    }

    /// The files that a head changes since it left its base.
    package func files(_ base: String, _ head: String) throws -> [ChangedFile] {
        let names = try need("diff", "--name-status", "--no-renames", "\(base)...\(head)").split(separator: "\n")
        var kinds: [Substring: String] = [:]
        for line in names {
            let parts = line.split(separator: "\t", maxSplits: 1)
            guard parts.count == 2 else { continue }
            kinds[parts[1]] = parts[0] == "A" ? "added" : parts[0] == "D" ? "removed" : "modified"
        }
        return try need("diff", "--numstat", "--no-renames", "\(base)...\(head)").split(separator: "\n").compactMap {
            let parts = $0.split(separator: "\t", maxSplits: 2)
            guard parts.count == 3 else { return nil }
            return ChangedFile(
                path: String(parts[2]),
                status: kinds[parts[2]] ?? "modified",
                additions: Int(parts[0]) ?? 0,
                deletions: Int(parts[1]) ?? 0
            )
        }
    }

    /// The patch that a head is, for `Accept: application/vnd.github.diff`.
    package func diff(_ base: String, _ head: String) throws -> String {
        try need("diff", "\(base)...\(head)")
    }

    @discardableResult
    private func need(_ arguments: String...) throws -> String {
        let outcome = try GitRun.run(path, arguments)
        guard outcome.status == 0 else {
            throw Refusal(500, "git \(arguments.joined(separator: " ")): \(outcome.error)")
        }
        return outcome.output
    }
}
