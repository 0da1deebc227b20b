import OrchCore
import OrchStore
import SQLite
import Workspaces

/// Saved work as a person names it: a ref, `AGENT/TIME`, an agent, or `#ISSUE`.
enum SavedName: Sendable, Hashable {
    /// This one.
    case ref(String)
    /// Any of these agents.
    case agents(Set<String>)

    /// Reads what was typed; which agents worked on an issue is in the database, if there is one.
    init(_ text: String, _ place: PlaceOptions, _ context: Context) throws {
        if text.hasPrefix("refs/") {
            self = .ref(text)
        } else if text.contains("/") {
            self = .ref("refs/orch/saved/" + text)
        } else if let issue = IssueNumber(argument: text) {
            self = .agents(try Self.agents(of: issue.value, place, context))
        } else {
            self = .agents([try AgentNames.existing(text)])
        }
    }

    /// Whether saved work is meant.
    func matches(_ work: SavedWork) -> Bool {
        switch self {
        case .ref(let ref): work.ref == ref
        case .agents(let names): names.contains(work.agent)
        }
    }

    /// The one to bring back: the newest; of the same commit the one that has uncommitted files besides, since it has all of it.
    static func best(of works: [SavedWork]) -> SavedWork? {
        guard let newest = works.first else { return nil }
        return works.first { $0.head == newest.head && $0.hasUncommitted } ?? newest
    }

    private static func agents(of issue: Int, _ place: PlaceOptions, _ context: Context) throws -> Set<String> {
        let usual = AgentName.forIssue(issue)
        guard let folder = try OrchFolder.find(from: place.start(context)) else { return [usual] }
        do {
            let db = try Store.open(folder, role: .readOnly, nowMs: context.nowMs())
            let names = try db.query("SELECT DISTINCT name FROM agent WHERE issue = ?", issue) { row -> String in
                try row.get(0)
            }
            return Set(names + [usual])
        } catch let error as StoreError {
            // What is saved is in git: a broken database must not keep it from coming back.
            if error.code != .noDatabase {
                context.output.note("The database does not tell who worked on it: \(error)")
            }
            return [usual]
        }
    }
}
