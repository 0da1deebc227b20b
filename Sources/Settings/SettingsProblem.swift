/// One thing that is wrong with the settings.
package struct SettingsProblem: Sendable, Hashable, CustomStringConvertible {
    /// The kinds of problems.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// The file is too large, or its front matter is no YAML.
        case syntax
        /// The front matter, or a part of it, is no map of keys to values.
        case notAMap = "not_a_map"
        /// A key below `orch:` that is none of ours.
        case unknownKey = "unknown_key"
        /// A value that breaks its key's rule.
        case wrongValue = "wrong_value"
        /// A template that can't be rendered.
        case template
        /// Two values that don't go together.
        case contradiction
    }

    package var code: Code
    /// Which setting: `orch.wip`, `--wip`; empty for the file as a whole.
    package var key: String
    /// The line in `WORKFLOW.md`, from 1; nil for a flag, and where it can't be told.
    package var line: Int?
    /// What is wrong: the rule and the value.
    package var text: String

    /// Where, which and what.
    package var description: String {
        let place = key.hasPrefix("--") ? "" : line.map { "WORKFLOW.md:\($0): " } ?? "WORKFLOW.md: "
        return place + (key.isEmpty ? "" : key + " ") + text
    }
}
