import OrchStore
import SQLite
import Workspaces

/// Something that names a folder, and with it the repository that a command is about.
protocol PlaceNaming {
    /// The folder, as a person typed it; nil for the current one.
    var path: String? { get }
}

extension PlaceNaming {
    /// The folder to start the search from, absolute.
    func start(_ context: Context) -> String {
        path.map(context.absolute) ?? context.directory
    }

    /// The project's `.orch` folder; refused when there is none.
    func folder(_ context: Context) throws -> OrchFolder {
        let start = start(context)
        guard let folder = try OrchFolder.find(from: start) else {
            throw CommandError(
                .notFound,
                "there is no .orch folder in \(start) or above it",
                hint: "run `orch init` in the repository, or name it with --cwd"
            )
        }
        return folder
    }

    /// The repository that the folder is in.
    func repository(_ context: Context) async throws -> GitRepository {
        try await GitRepository.discover(from: start(context), environment: context.environment)
    }

    /// The project's `.orch` folder, or where it will be made: in the root of the repository.
    func folderToBe(_ context: Context) async throws -> OrchFolder {
        let start = start(context)
        if let folder = try OrchFolder.find(from: start) { return folder }
        return OrchFolder(repository: try await repository(context).root)
    }

    /// The project's database, for reading.
    func database(_ context: Context) throws -> Connection {
        try Store.open(folder(context), role: .readOnly, nowMs: context.nowMs())
    }
}
