import Glibc
import Settings
import Workspaces

/// Looks whether git leaves the hub's own folders alone.
struct IgnoreCheck {
    let place: PlaceOptions
    let context: Context

    /// What was found.
    func findings() async throws -> [Finding] {
        let repository = try await place.repository(context)
        // Settings that are wrong are told by another check.
        let settings = try? await RepositorySettings.load(repository, environment: context.environment)
        var shown: [String] = []
        for folder in [".orch", settings?.worktreesFolder ?? ".worktrees"] where !folder.hasPrefix("/") {
            // `.orch` brings its own .gitignore, and is not there before the first command.
            if folder == ".orch", access(repository.root + "/.orch", F_OK) != 0 { continue }
            if try await !repository.isIgnored(folder + "/x") { shown.append(folder) }
        }
        guard !shown.isEmpty else { return [Finding("ignored", .ok, "git leaves the hub's folders alone")] }
        return [
            Finding(
                "ignored",
                .warning,
                "git does not ignore \(shown.joined(separator: " and ")): `git status` shows it, and `git add .` adds it",
                mend: shown.allSatisfy([".orch", ".worktrees"].contains)
                    ? "`orch init` adds it to .git/info/exclude" : "add it to .git/info/exclude"
            )
        ]
    }
}
