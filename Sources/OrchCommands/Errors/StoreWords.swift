import OrchStore
import SQLite

/// The store's errors in words.
enum StoreWords {
    /// What a store error means for a person, whose message says already what to do.
    static func words(_ error: StoreError) -> CommandError {
        CommandError(status(of: error.code), error.message, hint: hint(error.code))
    }

    /// Why the hub's lock was not to be had.
    static func words(_ error: HubLockError) -> CommandError {
        switch error {
        case .held: CommandError(.temporary, error.description)
        case .failed(let error): words(error)
        }
    }

    /// An error of SQLite that nobody has put into words.
    static func words(_ error: SQLiteError) -> CommandError {
        guard !error.isConstraint else {
            return CommandError(
                .internalError,
                error.description,
                hint: "this is a defect of orch; please report it with these words"
            )
        }
        return words(StoreError(error, path: ".orch/orch.db"))
    }

    private static func status(of code: StoreError.Code) -> ExitStatus {
        switch code {
        case .noDatabase, .notFound: .notFound
        case .ambiguous, .refusedQuery, .invalidQuery: .usage
        case .invalidExport, .tooLarge: .badData
        case .unwritable, .networkFileSystem, .alreadyExists: .cannotCreate
        case .busy, .tooSlow: .temporary
        case .missingRow, .notADatabase, .corrupted, .wrongVersion, .readOnly, .diskFull, .corruptArtifact: .io
        }
    }

    private static func hint(_ code: StoreError.Code) -> String? {
        switch code {
        case .noDatabase: "run `orch init` in the repository"
        case .corrupted, .missingRow, .corruptArtifact: "`orch doctor` checks the whole database"
        case .ambiguous: "give more digits"
        case .refusedQuery: "`orch query sql --help` names the views"
        default: nil
        }
    }
}
