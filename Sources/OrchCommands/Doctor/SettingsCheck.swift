import Glibc
import Settings
import Workspaces

/// Looks at the settings in WORKFLOW.md: those that are committed, which the hub reads, and those that are not yet.
struct SettingsCheck {
    let place: PlaceOptions
    let context: Context

    /// What was found.
    func findings() async throws -> [Finding] {
        let repository = try await place.repository(context)
        let branch = try await repository.defaultBranch()
        let committed = try await repository.show(RepositorySettings.file, at: branch)
        let path = repository.root + "/" + RepositorySettings.file
        let draft = access(path, F_OK) == 0 ? try FileBytes.read(path: path, limit: 1 << 20) : nil
        if committed == nil, let draft {
            return [uncommitted(check(String(decoding: draft, as: UTF8.self), path), branch)]
        }
        var findings = [check(committed, "\(RepositorySettings.file) on \(branch)")]
        if let draft, String(decoding: draft, as: UTF8.self) != committed {
            findings.append(
                Finding(
                    "workflow",
                    .info,
                    "\(path) differs from what is committed",
                    mend: "the hub reads what is committed on \(branch)"
                )
            )
            findings.append(
                check(String(decoding: draft, as: UTF8.self), "\(RepositorySettings.file), not committed yet,")
            )
        }
        return findings
    }

    /// One finding for a file that is there and not committed: the hub does not read it yet.
    private func uncommitted(_ finding: Finding, _ branch: String) -> Finding {
        guard finding.level != .problem else { return finding }
        return Finding(
            "workflow",
            .info,
            "\(finding.detail), and not committed yet: the defaults hold",
            mend: "commit it: the hub reads what is committed on \(branch)"
        )
    }

    private func check(_ text: String?, _ name: String) -> Finding {
        guard let text else {
            return Finding("workflow", .info, "there is no \(name): the defaults hold", mend: "`orch init` writes one")
        }
        do throws(SettingsError) {
            let settings = try SettingsLoader.load(workflowText: text, variables: context.environment)
            let notes = settings.notes.isEmpty ? "" : ": " + settings.notes.joined(separator: "; ")
            return Finding("workflow", notes.isEmpty ? .ok : .info, "\(name) is good\(notes)")
        } catch {
            return Finding(
                "workflow",
                .problem,
                error.problems.map(\.description).joined(separator: "; "),
                mend: "correct \(name)"
            )
        }
    }
}
