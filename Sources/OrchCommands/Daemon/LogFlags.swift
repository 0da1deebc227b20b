import ArgumentParser
import Hub

/// What the daemon writes beside the database.
struct LogFlags: ParsableArguments {
    @Option(help: ArgumentHelp("How log lines on standard error look: text or json.", valueName: "format"))
    var logFormat: LogFormat = .text

    @Flag(help: "Keep a rolling copy of the event log in .orch/state.jsonl.")
    var mirror = false
}

/// `--log-format text|json`.
extension LogFormat: ExpressibleByArgument {}
