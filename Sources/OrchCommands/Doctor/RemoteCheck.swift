import GitHub
import OrchCore
import Settings
import Workspaces

/// Looks at the git remote that branches begin from and are pushed to.
struct RemoteCheck {
    /// How long the remote has to answer each of the two questions.
    static let limit: Duration = .seconds(15)

    let project: GitHubProject
    /// What GitHub says the repository is; nil when it could not be asked.
    let info: GHRepository?

    /// What was found; a remote that can't be read is not pushed to either.
    func findings() async -> [Finding] {
        let name = project.settings.remoteName
        do throws(WorkspaceError) {
            guard let remote = try await project.repository.remotes().first(where: { $0.name == name }) else {
                return [
                    Finding(
                        "git remote",
                        .problem,
                        "there is no remote `\(SafeText.line(name))`",
                        mend: "git remote add \(SafeText.line(name)) URL, or set orch.remote in WORKFLOW.md"
                    )
                ]
            }
            return await [fetch(remote), push(remote)]
        } catch {
            return [Finding("git remote", .problem, error.message)]
        }
    }

    private func fetch(_ remote: Remote) async -> Finding {
        let branch: String
        do throws(WorkspaceError) {
            branch = try await project.repository.remoteDefaultBranch(remote.name, limit: Self.limit)
        } catch {
            return Finding("git remote", .problem, error.message, mend: mend(error, remote))
        }
        guard let info else { return Finding("git remote", .ok, "\(remote), default branch \(branch)") }
        // A remote that is no URL of this GitHub (a mirror, another name of the host) says nothing about which repository it is.
        if let there = try? await project.remoteName(), there != info.fullName, there != project.namedRepository {
            return Finding(
                "git remote",
                .warning,
                "\(remote) is another repository than \(info.fullName), where the issues are",
                mend:
                    "branches and pull requests belong where the issues are: set orch.remote, or orch.repo, in WORKFLOW.md"
            )
        }
        guard branch == info.defaultBranch else {
            return Finding(
                "git remote",
                .warning,
                "\(remote) has the default branch \(branch), and GitHub says \(info.defaultBranch)",
                mend: "is it the same repository? else set orch.base_branch in WORKFLOW.md"
            )
        }
        return Finding("git remote", .ok, "\(remote), default branch \(branch)")
    }

    /// Asks as a push does, and sends nothing.
    private func push(_ remote: Remote) async -> Finding {
        do throws(WorkspaceError) {
            try await project.repository.tryPush(remote.name, limit: Self.limit)
            return Finding(
                "git push",
                .ok,
                "`\(SafeText.line(remote.name))` takes branches from here (nothing was sent)"
            )
        } catch {
            let lacksHelper = await isWithoutHelper(remote)
            let why =
                lacksHelper ? "; git has no credential helper for it, and does not use GITHUB_TOKEN by itself" : ""
            return Finding("git push", .problem, error.message + why, mend: mend(error, remote))
        }
    }

    private func isWithoutHelper(_ remote: Remote) async -> Bool {
        guard Self.isWeb(remote.pushURL) else { return false }
        // When git can't even be asked that, its refusal above is all there is to say.
        return (try? await project.repository.hasCredentialHelper(for: remote.pushURL)) == false
    }

    private func mend(_ error: WorkspaceError, _ remote: Remote) -> String {
        guard error.code == .noAccess else {
            return "look at the network, and at `git ls-remote \(SafeText.line(remote.name))`"
        }
        return Self.isWeb(remote.pushURL)
            ? "`gh auth setup-git`, or a credential helper (git help credentials), or an ssh remote"
            : "have ssh let you in without a question: `ssh -T git@…`, a key that is in the account, ssh-agent"
    }

    private static func isWeb(_ url: String) -> Bool {
        let url = url.lowercased()
        return url.hasPrefix("https://") || url.hasPrefix("http://")
    }
}
