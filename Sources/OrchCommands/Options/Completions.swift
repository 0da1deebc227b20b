import OrchStore

/// What the shell offers for arguments: read from the database of the current folder.
///
/// A completion that fails offers nothing; there is nobody to tell.
enum Completions {
    /// The numbers of open issues.
    @Sendable
    static func issues(_ arguments: [String], _ index: Int, _ prefix: String) -> [String] {
        offer { try $0.issues.openIssues().map { String($0.number) } }
    }

    /// The names of live agents.
    @Sendable
    static func agents(_ arguments: [String], _ index: Int, _ prefix: String) -> [String] {
        offer { try $0.agents.allLive().map(\.name) }
    }

    /// The ids of approvals that wait for an answer.
    @Sendable
    static func approvals(_ arguments: [String], _ index: Int, _ prefix: String) -> [String] {
        offer { try $0.approvals.pending().map { String($0.id) } }
    }

    private static func offer(_ read: (HubTables) throws -> [String]) -> [String] {
        let context = Context.live()
        // See above: a shell can't show an error here.
        guard let folder = try? OrchFolder.find(from: context.directory) else { return [] }
        return (try? read(HubTables(Store.open(folder, role: .readOnly, nowMs: context.nowMs())))) ?? []
    }
}
