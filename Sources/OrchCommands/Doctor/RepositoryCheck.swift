import Workspaces

/// Looks at git and the repository.
struct RepositoryCheck {
    let place: PlaceOptions
    let context: Context

    /// What was found; one problem hides what comes after it.
    func findings() async throws -> [Finding] {
        let repository: GitRepository
        do {
            repository = try await place.repository(context)
        } catch let error as WorkspaceError {
            let check = [.gitMissing, .gitTooOld].contains(error.code) ? "git" : "repository"
            return [Finding(check, .problem, error.message)]
        }
        var findings = [
            Finding("git", .ok, "version \(repository.gitVersion)"), Finding("repository", .ok, repository.root),
        ]
        do {
            findings.append(Finding("base branch", .ok, try await repository.defaultBranch()))
        } catch {
            findings.append(
                Finding("base branch", .problem, error.message, mend: "set orch.base_branch in WORKFLOW.md")
            )
        }
        for name in try await repository.brokenBranches() {
            findings.append(
                Finding(
                    "branches",
                    .warning,
                    "\(name) names no commit: `git log --all`, `git push` and `git gc` fail by it",
                    mend: "remove the file \(repository.gitDir)/\(name)"
                )
            )
        }
        return findings
    }
}
