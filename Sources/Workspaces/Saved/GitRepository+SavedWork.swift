import OrchCore

extension GitRepository {
    /// All that was saved and can be brought back, the newest first.
    ///
    /// - Parameter agent: only of this agent; nil for all.
    /// - Returns: what is saved.
    /// - Throws: `WorkspaceError` when git can't be run.
    package func savedWork(of agent: String? = nil) async throws(WorkspaceError) -> [SavedWork] {
        try await savedWorkNow(of: agent)
    }

    /// What a saved ref keeps; nil if there is no such ref.
    func savedWork(at ref: String) async throws(WorkspaceError) -> SavedWork? {
        guard ref.hasPrefix(SavedWork.home) else { return nil }
        return try await list(ref).first { $0.ref == ref }
    }

    /// As `savedWork`, for callers that are alone already.
    func savedWorkNow(of agent: String?) async throws(WorkspaceError) -> [SavedWork] {
        let all = try await list(String(SavedWork.home.dropLast()))
        return all.filter { agent == nil || $0.agent == agent }.sorted { left, right in
            let (early, late) = (right.savedAtMs ?? 0, left.savedAtMs ?? 0)
            // At the same time: the one with the higher number came later.
            return early == late
                ? (left.ref.utf8.count, left.ref) > (right.ref.utf8.count, right.ref) : late > early
        }
    }

    private func list(_ pattern: String) async throws(WorkspaceError) -> [SavedWork] {
        let fields = [
            "refname", "objecttype", "objectname", "*objecttype", "*objectname", "contents", "parent", "authoremail",
        ]
        let answer = try await git.run(
            ["for-each-ref", "--format=" + fields.map { "%(\($0))%00" }.joined(), pattern],
            at: place,
            outputLimit: 64 << 20
        )
        let values = answer.bytes.split(separator: 0, omittingEmptySubsequences: false).map { SafeText.utf8($0) }
        return stride(from: 0, to: values.count - fields.count + 1, by: fields.count).compactMap { start in
            work(Array(values[start..<start + fields.count]))
        }
    }

    /// One record: each but the first begins with the line end of the one before.
    private func work(_ values: [String]) -> SavedWork? {
        let ref = values[0].trimmedLines
        if values[1] == "tag", values[3] == "commit" {
            let label = SavedLabel(message: values[5])
            return SavedWork(
                ref: ref,
                commit: values[4],
                nested: label?.nested ?? [],
                isComplete: label?.isComplete ?? true,
                branch: label?.branch,
                head: label?.head
            )
        }
        guard values[1] == "commit" else { return nil }
        let isOurs = values[7] == "<orch@localhost>" && values[5].hasPrefix("orch: uncommitted work of ")
        return SavedWork(
            ref: ref,
            commit: values[2],
            nested: [],
            isComplete: true,
            branch: nil,
            head: isOurs ? values[6].split(separator: " ").first.map(String.init) : values[2]
        )
    }
}
