/// The file with the settings and the prompt of a repository.
struct WorkflowFile {
    /// What it says beyond the defaults, for issues at GitHub.
    struct GitHub: Sendable, Hashable {
        /// `owner/name`; nil leaves it to the git remote.
        var repository: String?
        /// The API's URL; nil leaves it to the environment.
        var apiURL: String?
    }

    /// The main worktree's root.
    let repository: String

    /// Its path.
    var path: String { repository + "/" + RepositorySettings.file }

    /// Writes the template; false when there is a file already.
    func writeIfMissing(_ gitHub: GitHub?) throws -> Bool {
        try NewFile.write(Self.template(gitHub), to: path)
    }
}
