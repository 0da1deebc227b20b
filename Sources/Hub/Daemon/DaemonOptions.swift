package import Settings

/// How a daemon is to run: what the command line and the environment say.
package struct DaemonOptions: Sendable {
    /// A folder in the repository, absolute.
    package var directory: String
    /// The flags that are settings.
    package var overrides: SettingsOverrides
    /// The environment.
    package var environment: [String: String]
    /// How log lines look.
    package var logFormat: LogFormat
    /// A first message to the orchestrator, if it is new.
    package var seed: String?
    /// Whether it ends with its standard input, and leaves nothing running then: for a daemon that is a part of another program.
    package var endsWithInput: Bool

    /// Options.
    package init(
        directory: String,
        overrides: SettingsOverrides = .init(),
        environment: [String: String],
        logFormat: LogFormat = .text,
        seed: String? = nil,
        endsWithInput: Bool = false
    ) {
        self.directory = directory
        self.overrides = overrides
        self.environment = environment
        self.logFormat = logFormat
        self.seed = seed
        self.endsWithInput = endsWithInput
    }
}
