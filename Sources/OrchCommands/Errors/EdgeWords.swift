import CodexAppServer
import GitHub
import Hub
import Workspaces

/// The errors of git, Codex and the hub in words.
///
/// Their messages say already what to do.
enum EdgeWords {
    /// What an error of git or a worktree means for a person.
    static func words(_ error: WorkspaceError) -> CommandError {
        let status: ExitStatus =
            switch error.code {
            case .gitMissing, .gitTooOld, .cannotStart, .bareRepository, .emptyRepository, .unsupportedRepository:
                .unavailable
            case .notARepository, .noSuchRef: .notFound
            case .badName: .usage
            case .busy, .timeout, .locked, .cancelled, .unreachable: .temporary
            case .noAccess: .unavailable
            case .files, .outputTooLarge: .io
            case .branchElsewhere, .wrongBranch, .notOurs, .refused, .failed: .refused
            }
        return CommandError(status, error.message)
    }

    /// What an error of Codex means for a person.
    static func words(_ error: AppServerError) -> CommandError {
        let status: ExitStatus =
            switch error.code {
            case .codexMissing, .launch, .handshake, .disconnected: .unavailable
            case .timeout, .overloaded, .draining, .cancelled: .temporary
            case .server: .refused
            case .tooLarge, .files: .io
            case .configuration: .configuration
            }
        return CommandError(status, error.message)
    }

    /// What an error of the hub itself means for a person.
    static func words(_ error: HubError) -> CommandError {
        let status: ExitStatus =
            switch error.code {
            case .refused: .refused
            case .notFound: .notFound
            case .unavailable: .unavailable
            case .timeout, .superseded: .temporary
            case .unknownEffect, .internalError: .internalError
            }
        return CommandError(status, error.message)
    }

    /// What an error of GitHub means for a person.
    static func words(_ error: GitHubError) -> CommandError {
        let status: ExitStatus =
            switch error.code {
            case .misconfigured, .invalid: .configuration
            case .unauthorized, .forbidden, .archived, .locked, .conflict: .refused
            case .notFound, .gone, .moved: .notFound
            case .rateLimited, .server, .unknownOutcome, .cancelled: .temporary
            case .unavailable, .badAnswer: .unavailable
            }
        return CommandError(status, error.message)
    }

    /// What became of a command that was not done.
    static func words(_ error: CommandFailure) -> CommandError {
        CommandError(.refused, error.message)
    }
}
