import OrchStore
import Settings
import Workspaces

/// All checks of `orch doctor`, in order.
///
/// A check that fails itself is a finding too; none stops the others.
struct Examination {
    let place: PlaceOptions
    let codexPath: String?
    /// What the command's flags say of the settings.
    let overrides: SettingsOverrides
    let context: Context

    /// What they found.
    func findings() async -> [Finding] {
        var findings = [Finding("orch", .ok, "version \(OrchVersion.text) at \(context.executable)")]
        findings += await check("repository") { try await RepositoryCheck(place: place, context: context).findings() }
        if !findings.contains(where: { $0.level == .problem }) {
            findings += await check("workflow") { try await SettingsCheck(place: place, context: context).findings() }
            findings += await check("ignored") { try await IgnoreCheck(place: place, context: context).findings() }
            findings += await gitHubFindings()
        }
        findings += await check("codex") {
            try await CodexCheck(place: place, codexPath: codexPath, context: context).findings()
        }
        findings.append(SQLiteCheck.finding())
        findings += await folderFindings()
        return findings
    }

    /// What was found at GitHub and the git remote; nothing where the issues are local.
    func gitHubFindings() async -> [Finding] {
        await check("github") { try await GitHubCheck(place: place, overrides: overrides, context: context).findings() }
    }

    private func folderFindings() async -> [Finding] {
        await check("database") {
            let start = place.start(context)
            guard let folder = try OrchFolder.find(from: start) else {
                // That there is no repository is told above.
                let disk = try? await DiskCheck(path: place.repository(context).root).findings()
                return (disk ?? []) + [
                    Finding(
                        "database",
                        .info,
                        "there is no .orch folder yet",
                        mend: "`orch init` makes it; so does the daemon"
                    )
                ]
            }
            return try FolderCheck(folder: folder, nowMs: context.nowMs()).findings()
        }
    }

    private func check(_ name: String, _ body: () async throws -> [Finding]) async -> [Finding] {
        do {
            return try await body()
        } catch {
            let words = ErrorWords.words(for: error)
            return [Finding(name, .problem, words?.message ?? "\(error)", mend: words?.hint)]
        }
    }
}
