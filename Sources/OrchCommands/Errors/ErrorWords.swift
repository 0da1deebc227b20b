import ArgumentParser
import CodexAppServer
import GitHub
import Glibc
import Hub
import ModelServer
import OrchCore
import OrchStore
import SQLite
import Settings
import Workspaces

/// The one place that turns errors into words, a hint and an exit code.
enum ErrorWords {
    /// What to make of an error.
    enum Verdict {
        /// Nothing is said.
        case quiet(ExitStatus)
        /// Help or the version: it was asked for.
        case show(String)
        /// The command line is wrong: the parser's own words.
        case usage(String)
        /// Something failed.
        case failed(CommandError)
    }

    /// What to make of an error, whoever threw it.
    static func verdict(on error: any Error) -> Verdict {
        switch error {
        case SinkError.closed: return .quiet(.ok)
        case is CancellationError: return .quiet(.ok)
        default: break
        }
        if let failure = words(for: error) { return .failed(failure) }
        // What is left is the parser's own: its errors have no public type, only its functions know them.
        switch OrchCommand.exitCode(for: error) {
        case .success: return .show(OrchCommand.fullMessage(for: error))
        case .validationFailure: return .usage(OrchCommand.fullMessage(for: error))
        default:
            return .failed(
                CommandError(
                    .internalError,
                    "unexpected: \(error)",
                    hint: "this is a defect of orch; please report it with these words"
                )
            )
        }
    }

    /// Our own modules' errors in words; nil for others'.
    static func words(for error: any Error) -> CommandError? {
        switch error {
        case let error as CommandError: error
        case let error as StoreError: StoreWords.words(error)
        case let error as HubLockError: StoreWords.words(error)
        case let error as SQLiteError: StoreWords.words(error)
        case let error as WorkspaceError: EdgeWords.words(error)
        case let error as AppServerError: EdgeWords.words(error)
        case let error as HubError: EdgeWords.words(error)
        case let error as GitHubError: EdgeWords.words(error)
        case let error as CommandFailure: EdgeWords.words(error)
        case let error as SettingsError: CommandError(.configuration, error.message)
        case let error as ModelServerError: CommandError(.unavailable, error.message)
        case let error as CoreError: CommandError(.usage, error.message)
        case SinkError.failed(let number):
            CommandError(.io, "can't write the output: \(String(cString: strerror(number)))")
        default: nil
        }
    }
}
