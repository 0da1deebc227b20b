import OrchCore

extension GitRepository {
    /// Gives a commit its name among the saved ones, or the next free name when that one keeps something else.
    ///
    /// Called again with the same commit and time, it answers the same and makes nothing.
    func keep(_ commit: String, _ label: SavedLabel, agent: String, timestampMs: Int64) async throws(WorkspaceError)
        -> SavedWork
    {
        let ref = try await savedRef(agent: agent, timestampMs: timestampMs)
        for number in 1...100 {
            let name = number == 1 ? ref : "\(ref)-\(number)"
            let known = try await self.commit(of: name)
            if known == nil {
                let tag = try await makeTag(label.tag(of: commit, agent: agent, timestampMs: timestampMs))
                _ = try await git.run(["update-ref", name, tag, ""], at: place)
            }
            guard known == nil || known == commit else { continue }
            return SavedWork(
                ref: name,
                commit: commit,
                nested: label.nested,
                isComplete: label.isComplete,
                branch: label.branch,
                head: label.head
            )
        }
        throw WorkspaceError(.files, "\(ref) and a hundred names after it are taken")
    }

    /// The name for what is saved of an agent at a time.
    ///
    /// - Throws: `WorkspaceError` with code `badName`.
    func savedRef(agent: String, timestampMs: Int64) async throws(WorkspaceError) -> String {
        let ref = "\(SavedWork.home)\(agent)/\(timestampMs)"
        guard try await git.run(["check-ref-format", ref], at: place, accepts: [0, 1]).exitCode == 0 else {
            throw WorkspaceError(.badName, "`\(SafeText.line(agent))` can't be a part of a ref's name")
        }
        return ref
    }

    /// Writes a tag object; no ref names it yet.
    private func makeTag(_ text: String) async throws(WorkspaceError) -> String {
        try Files.makeFolders(draftFolder)
        let draft = draftFolder + "/draft-label"
        try Files.replace(draft, with: Array(text.utf8))
        defer { dropDrafts() }
        return try await git.run(["hash-object", "-t", "tag", "-w", "--no-filters", "--", draft], at: place).text
    }

    /// Where files lie that only live for a moment.
    var draftFolder: String { gitDir + "/orch" }

    /// Removes such files, those of killed hubs too: only one caller is here at a time.
    func dropDrafts() {
        for name in Files.names(in: draftFolder) where name.hasPrefix("draft-") || name.hasPrefix("index-") {
            // One that stays takes space until the next save, and nothing else.
            try? Files.remove("\(draftFolder)/\(name)")
        }
    }
}
