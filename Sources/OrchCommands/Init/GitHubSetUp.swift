import GitHub
import OrchCore
import Settings

/// The part of `orch init` that needs GitHub: labels, and a look at everything else.
struct GitHubSetUp {
    let project: GitHubProject
    let place: PlaceOptions
    let options: GitHubOptions
    let context: Context

    /// Makes the labels and runs the checks.
    ///
    /// What is missing can be mended and `orch init` run again: it makes only what is not there.
    ///
    /// - Throws: `CommandError` when something keeps orch from working.
    func run() async throws {
        let note = context.output.note
        var trouble: String?
        do {
            let made = try await project.visit { client in
                try await LabelMaker(client: client, names: project.settings.labels).make()
            }
            let list = made.map(SafeText.line).joined(separator: ", ")
            note(made.isEmpty ? "GitHub has all labels of orch." : "Labels made at GitHub: \(list).")
        } catch let error as GitHubError {
            trouble = error.message
        }
        // What is wrong with GitHub, the checks tell in order, with what to do.
        var overrides = options.overrides
        overrides.tracker = .github  // also where no WORKFLOW.md says so
        let findings = await Examination(place: place, codexPath: nil, overrides: overrides, context: context)
            .findings()
        let problems = findings.filter { $0.level == .problem }
        if let trouble, !problems.contains(where: { $0.check.hasPrefix("github") }) {
            note("The labels could not be made: \(SafeText.line(trouble))")
        }
        for finding in findings where finding.level == .problem || finding.level == .warning {
            note("\(finding.level.rawValue): \(finding.check): \(SafeText.line(finding.detail))")
            if let mend = finding.mend { note("  → \(SafeText.line(mend))") }
        }
        guard problems.isEmpty, trouble == nil else {
            throw CommandError(
                .refused,
                "the part on this machine is done; what is left is told above",
                hint: "mend it and run `orch init` again (or `orch init --local`, for issues of orch's own)"
            )
        }
    }
}
