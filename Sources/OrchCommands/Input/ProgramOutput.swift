import Subprocess
import SystemPackage

/// What another program printed, and how it ended.
struct ProgramOutput: Sendable {
    /// Its exit status; 128 + n after signal n.
    var status: Int32
    /// Its standard output.
    var output: String
    /// Its standard error.
    var error: String

    /// Runs a program to its end, with a limit on its time and its output, never through a shell.
    ///
    /// - Throws: `CommandError` (`unavailable`) when it can't be started, (`temporary`) when the time is up.
    static func of(
        _ program: String,
        _ arguments: [String],
        in folder: String,
        environment: [String: String],
        limit: Duration = .seconds(20)
    ) async throws -> ProgramOutput {
        try await withThrowingTaskGroup(of: ProgramOutput.self) { group in
            group.addTask { try await run(program, arguments, folder, environment) }
            group.addTask {
                try await Task.sleep(for: limit)
                throw CommandError(
                    .temporary,
                    "`\(program) \(arguments.joined(separator: " "))` did not end within \(limit)"
                )
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else {
                throw CommandError(.internalError, "\(program) was not run")
            }
            return first
        }
    }

    private static func run(
        _ program: String,
        _ arguments: [String],
        _ folder: String,
        _ environment: [String: String]
    ) async throws -> ProgramOutput {
        var variables: [Environment.Key: String] = [:]
        for (name, value) in environment {
            if let key = Environment.Key(rawValue: name) { variables[key] = value }
        }
        do {
            let result = try await Subprocess.run(
                program.contains("/") ? .path(FilePath(program)) : .name(program),
                arguments: Arguments(arguments),
                environment: .custom(variables),
                workingDirectory: FilePath(folder),
                output: .string(limit: 4 << 20),
                error: .string(limit: 1 << 20)
            )
            let status: Int32 =
                switch result.terminationStatus {
                case .exited(let code): Int32(code)
                case .signaled(let signal): 128 + Int32(signal)
                }
            return ProgramOutput(status: status, output: result.standardOutput, error: result.standardError)
        } catch let error as SubprocessError {
            throw CommandError(.unavailable, "can't run \(program): \(error)")
        }
    }
}
