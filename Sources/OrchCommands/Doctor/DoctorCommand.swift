import ArgumentParser
import OrchCore

/// `orch doctor`.
struct DoctorCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check this machine, this repository and its database",
        discussion: """
            Each finding says how to mend it. Exit code 1 when something keeps orch from working.

            Where the issues are at GitHub (`tracker: github` in WORKFLOW.md, or --repo), its token, access, repository and labels \
            are looked at, too, and whether git may push there. Nothing is written or pushed, and each wait has its limit.
            """
    )

    @Option(
        help: ArgumentHelp("The codex program to check (default: the first one on the PATH).", valueName: "path"),
        completion: .file()
    )
    var codexPath: String?

    @Flag(help: "Print the findings as JSON.")
    var json = false

    @OptionGroup(title: "GitHub") var gitHub: GitHubOptions
    @OptionGroup var place: PlaceOptions

    func run(_ context: Context) async throws {
        let findings = await Examination(
            place: place,
            codexPath: codexPath,
            overrides: gitHub.overrides,
            context: context
        )
        .findings()
        if json {
            try context.output.json(.array(findings.map(\.json)))
        } else {
            try write(findings, to: context.output)
        }
        let problems = findings.filter { $0.level == .problem }
        guard problems.isEmpty else {
            throw CommandError(.refused, "\(problems.count) of \(findings.count) checks found a problem")
        }
    }

    private func write(_ findings: [Finding], to output: Output) throws {
        for finding in findings {
            let level = Column.left(finding.level.rawValue, 8)
            let coloured = PhaseInk.of(finding.level.rawValue).map { output.ink($0, level) } ?? level
            try output.line(
                "\(coloured) \(output.ink(.bold, Column.left(finding.check, 18))) \(SafeText.line(finding.detail))"
            )
            if let mend = finding.mend {
                try output.line(String(repeating: " ", count: 28) + "→ " + SafeText.line(mend))
            }
        }
    }
}
