/// The exit codes of `orch`, after sysexits(3).
///
/// Documented in `orch --help`; they are part of the interface.
enum ExitStatus: Int32, Sendable, CaseIterable {
    /// It was done, or it waits for the daemon and a note on standard error said so.
    case ok = 0
    /// The hub refused it or it failed there; a check found something wrong.
    case refused = 1
    /// The command line is wrong.
    case usage = 64
    /// A file that was given is wrong: a charter, an import.
    case badData = 65
    /// No such issue, agent, artifact or folder.
    case notFound = 66
    /// Something that is needed isn't there: no daemon, no codex, no git.
    case unavailable = 69
    /// orch broke one of its own rules.
    case internalError = 70
    /// A file or folder can't be made.
    case cannotCreate = 73
    /// Reading or writing failed, the database included.
    case io = 74
    /// Try again later: a limit of time passed, or another hub holds the lock.
    case temporary = 75
    /// The configuration is wrong.
    case configuration = 78
    /// Somebody ended it: Ctrl-C.
    case interrupted = 130

    /// What the code means, for `orch --help`.
    var meaning: String {
        switch self {
        case .ok: "done"
        case .refused: "refused or failed"
        case .usage: "the command line is wrong"
        case .badData: "bad input data"
        case .notFound: "no such issue, agent, artifact or folder"
        case .unavailable: "no daemon, codex or git where one is needed"
        case .internalError: "a defect of orch"
        case .cannotCreate: "can't create a file"
        case .io: "reading, writing or the database failed"
        case .temporary: "timed out or locked: try again"
        case .configuration: "the configuration is wrong"
        case .interrupted: "ended by Ctrl-C"
        }
    }

    /// All codes and their meanings, one a line.
    static var table: String {
        allCases.map { status in
            let code = String(status.rawValue)
            return "  " + String(repeating: " ", count: 3 - code.count) + code + "  " + status.meaning
        }.joined(separator: "\n")
    }
}
