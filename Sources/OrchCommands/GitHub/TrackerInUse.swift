import Glibc
import Hub
import OrchCore
import OrchStore
import SQLite
import Settings
import Workspaces

/// Where the issues of a project are, as its hub sees it.
enum TrackerInUse: Sendable, Hashable {
    /// In the database.
    case local
    /// At GitHub, in a repository whose name may not be known yet.
    case gitHub(repository: String?)

    /// Finds out.
    ///
    /// A daemon that runs knows best: its flags win over the settings. Without one, settings that say it win over what the last daemon did.
    static func find(_ place: some PlaceNaming, _ context: Context) async throws -> TrackerInUse {
        let folder = try OrchFolder.find(from: place.start(context))
        let last = try folder.flatMap { try of($0, context) }
        if let folder, let last, HubPresence.daemon(folder) != nil { return last }
        let settings = try await RepositorySettings.load(
            place.repository(context),
            environment: context.environment
        )
        if settings.sources["tracker"] == nil, let last { return last }
        guard settings.tracker == .github else { return .local }
        guard case .gitHub(let name)? = last else { return .gitHub(repository: settings.repository) }
        return .gitHub(repository: settings.repository ?? name)
    }

    /// What the database says; nil when no daemon ever worked on it.
    static func of(_ folder: OrchFolder, _ context: Context) throws -> TrackerInUse? {
        guard access(folder.database, F_OK) == 0 else { return nil }
        let tables = HubTables(try Store.open(folder, role: .readOnly, nowMs: context.nowMs()))
        guard try tables.hub.epoch() > 0 else { return nil }
        let tracker = try tables.tracker.get()
        return tracker.kind == TrackerKind.github.rawValue ? .gitHub(repository: tracker.repository) : .local
    }

    /// Whether they are at GitHub.
    var isGitHub: Bool { self != .local }

    /// The project at GitHub, for a command that asks there; nil when the issues are local.
    static func project(_ place: some PlaceNaming, _ context: Context) async throws -> GitHubProject? {
        guard case .gitHub(let name) = try await find(place, context) else { return nil }
        let repository = try await place.repository(context)
        var settings = try await RepositorySettings.load(repository, environment: context.environment)
        settings.tracker = .github
        settings.repository = settings.repository ?? name
        return GitHubProject(repository: repository, settings: settings, environment: context.environment)
    }
}
