import GitHub
import OrchCore
import Settings

/// Looks at a repository at GitHub: the token, what it may do, the repository itself, its labels.
struct AccountCheck {
    /// How far this machine's clock may be from GitHub's before it is told.
    static let skewMs: Int64 = 300_000

    let client: GitHubClient
    let settings: HubSettings
    /// Where the token comes from.
    let origin: String
    let nowMs: @Sendable () -> Int64

    /// What was found; a problem hides what can't be asked because of it.
    func findings() async -> ([Finding], GHRepository?) {
        var findings = [Finding("github", .ok, "\(client.repository) at \(client.endpoint.host), \(source)")]
        let who: String
        do throws(GitHubError) {
            who = try await client.viewer().map { "of @\($0.login)" } ?? "of a GitHub App"
        } catch {
            return (findings + [refusedToken(error)], nil)
        }
        findings.append(Finding("github token", .ok, "from \(origin), \(who)"))
        let seen: GHExamination
        do throws(GitHubError) {
            seen = try await client.examine()
        } catch {
            return (findings + [missing(error, who)], nil)
        }
        findings += [repository(seen.repository), Self.rights(seen, who), await labels()]
        if let skew = skew(seen) { findings.append(skew) }
        return (findings, seen.repository)
    }

    /// Who named the repository.
    private var source: String {
        switch settings.sources["repo"] {
        case .flag: "named by --repo"
        case .workflow: "named in WORKFLOW.md"
        default:
            settings.repository == nil
                ? "named by the git remote `\(settings.remoteName)`" : "as the last daemon had it"
        }
    }

    private func refusedToken(_ error: GitHubError) -> Finding {
        switch error.code {
        case .unauthorized:
            Finding(
                "github token",
                .problem,
                error.message,
                mend:
                    "a fine-grained token for \(client.repository) with Issues, Pull requests and Contents: read and write"
            )
        case .forbidden: Finding("github token", .problem, error.message, mend: "give the token that permission")
        default: unreachable(error)
        }
    }

    private func unreachable(_ error: GitHubError) -> Finding {
        Finding(
            "github",
            .problem,
            "it can't be asked: \(error.message)",
            mend: error.code == .rateLimited
                ? "wait: GitHub takes requests again later" : "look at the network; a daemon waits until GitHub is back"
        )
    }

    private func missing(_ error: GitHubError, _ who: String) -> Finding {
        guard [.notFound, .gone, .forbidden, .moved].contains(error.code) else { return unreachable(error) }
        return Finding(
            "github repository",
            .problem,
            "there is no \(client.repository), or the token \(who) may not see it",
            mend: "mend the name (--repo, WORKFLOW.md, git remote), or give the token access to the repository"
        )
    }

    private func repository(_ it: GHRepository) -> Finding {
        func problem(_ text: String, _ mend: String) -> Finding {
            Finding("github repository", .problem, "\(it.fullName) \(text)", mend: mend)
        }
        if it.isDisabled { return problem("is disabled by GitHub", "ask GitHub's support why") }
        if it.isArchived { return problem("is archived, and so read-only", "unarchive it in its settings") }
        if !it.hasIssues { return problem("has no issues", "switch them on in its settings, under Features") }
        guard it.fullName == client.repository else {
            return Finding(
                "github repository",
                .warning,
                "\(client.repository) is called \(it.fullName) now",
                mend: "use the new name in WORKFLOW.md and in the git remote (`git remote set-url`)"
            )
        }
        let access = it.isPrivate ? "private" : "public"
        return Finding("github repository", .ok, "\(access), with issues, default branch \(it.defaultBranch)")
    }

    /// What the token may do there, as far as GitHub tells.
    static func rights(_ seen: GHExamination, _ who: String) -> Finding {
        let name = "github access"
        if seen.repository.canPush == false {
            return Finding(
                name,
                .problem,
                "the token \(who) may only read: labels, comments, branches and pull requests need write access",
                mend: "have the account made a collaborator with the role Write, or use the token of one"
            )
        }
        if let scopes = seen.scopes {
            let wanted = seen.repository.isPrivate ? ["repo"] : ["repo", "public_repo"]
            guard scopes.contains(where: wanted.contains) else {
                return Finding(
                    name,
                    .problem,
                    "the token lacks the scope \(wanted.joined(separator: " or "))",
                    mend: "make a token with it, or `gh auth refresh --scopes \(wanted[0])`"
                )
            }
            guard scopes.contains("workflow") else {
                return Finding(
                    name,
                    .ok,
                    "may write; without the scope workflow, branches that change .github/workflows can't be pushed with it"
                )
            }
            return Finding(name, .ok, "may write")
        }
        guard seen.repository.canPush != nil else {
            return Finding(name, .info, "GitHub does not say what a token of an App may do: a refusal will")
        }
        // For a fine-grained token GitHub answers with what its owner may do.
        return Finding(name, .ok, "the account may write; what a fine-grained token lacks, GitHub says when it refuses")
    }

    private func labels() async -> Finding {
        let name = "github labels"
        do throws(GitHubError) {
            let missing = HubLabel.missing(settings.labels, in: try await client.labels().map(\.name))
            guard !missing.isEmpty else { return Finding(name, .ok, "all \(settings.labels.all.count) are there") }
            let list = missing.map { SafeText.line($0.name) }.joined(separator: ", ")
            return Finding(name, .warning, "missing: \(list)", mend: "`orch init` makes them")
        } catch {
            return Finding(name, .warning, "they can't be read: \(error.message)", mend: "`orch doctor` again")
        }
    }

    private func skew(_ seen: GHExamination) -> Finding? {
        guard let dateMs = seen.dateMs else { return nil }
        let ahead = nowMs() - dateMs
        guard abs(ahead) > Self.skewMs else { return nil }
        return Finding(
            "clock",
            .warning,
            "this machine's clock is \(DurationText.format(abs(ahead) / 1_000 * 1_000)) \(ahead > 0 ? "ahead of" : "behind") GitHub's",
            mend: "set it (`timedatectl set-ntp true`): times in reports and tokens of Apps depend on it"
        )
    }
}
