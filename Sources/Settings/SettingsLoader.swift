import OrchCore

/// Makes settings of texts: flags over `WORKFLOW.md` over defaults.
///
/// Reads no file and no variable itself.
///
/// `WORKFLOW.md` follows OpenAI's Symphony specification; orch's own keys are below `orch:` and win over Symphony's for the same thing.
/// Everything is checked before anything is used, and all problems are told at once.
package enum SettingsLoader {
    /// Makes the settings.
    ///
    /// - Parameters:
    ///   - workflowText: the text of `WORKFLOW.md`, from the base branch's commit; nil if there is none.
    ///   - overrides: the flags.
    ///   - variables: the environment, for `~` and `$NAME` at the beginning of `workspace.root` and `orch.worktrees`.
    /// - Returns: settings that are valid as a whole.
    /// - Throws: `SettingsError` with all problems.
    package static func load(
        workflowText: String?,
        overrides: SettingsOverrides = SettingsOverrides(),
        variables: [String: String] = [:]
    ) throws(SettingsError) -> HubSettings {
        var builder = SettingsBuilder(variables: variables)
        if let workflowText {
            let workflow = try WorkflowText(workflowText)
            if let yaml = workflow.frontMatter, let root = try ConfigNode.parse(yaml, firstLine: 2) {
                builder.read(root)
            }
            builder.readTask(workflow)
        }
        builder.apply(overrides)
        builder.check()
        guard builder.reader.problems.isEmpty else {
            throw SettingsError(builder.reader.problems.sortedByPlace)
        }
        builder.settings.notes = builder.reader.notes
        return builder.settings
    }
}

extension [SettingsProblem] {
    /// In the order of the file; those without a line after it, in the order that they were found.
    fileprivate var sortedByPlace: [SettingsProblem] {
        enumerated().sorted { ($0.element.line ?? .max, $0.offset) < ($1.element.line ?? .max, $1.offset) }.map(
            \.element
        )
    }
}
