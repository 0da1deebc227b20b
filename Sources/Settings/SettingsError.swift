/// Settings that can't be used: all that is wrong with them, at once.
///
/// At the start it ends the daemon (exit code 78); later the last good settings stay in force and this is shown.
package struct SettingsError: Error, Sendable, Hashable, CustomStringConvertible {
    /// In the order of the file, flags last; at least one.
    package var problems: [SettingsProblem]

    /// An error of these problems.
    package init(_ problems: [SettingsProblem]) {
        self.problems = problems
    }

    /// All problems, one a line.
    package var message: String {
        let head =
            problems.count == 1 ? "the settings have a problem:" : "the settings have \(problems.count) problems:"
        return ([head] + problems.map { "  \($0)" }).joined(separator: "\n")
    }

    package var description: String { message }
}
