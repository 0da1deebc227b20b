import ArgumentParser
import OrchCore

/// The program `orch`: from arguments to an exit code.
package enum CommandLineTool {
    /// Parses the arguments, runs the subcommand and reports what went wrong; returns the exit code.
    package static func run(_ arguments: [String], _ context: Context) async -> Int32 {
        var status: ExitStatus
        do {
            try await dispatch(arguments, context)
            status = .ok
        } catch {
            status = report(error, context)
        }
        do {
            try context.output.flush()
        } catch {
            status = report(error, context)
        }
        return status.rawValue
    }

    private static func dispatch(_ arguments: [String], _ context: Context) async throws {
        if let request = QuickQuery.request(arguments) { return try request.run(context) }
        var command = try OrchCommand.parseAsRoot(arguments)
        if let ours = command as? any ContextCommand {
            try await ours.run(context)
        } else {
            try command.run()
        }
    }

    private static func report(_ error: any Error, _ context: Context) -> ExitStatus {
        switch ErrorWords.verdict(on: error) {
        case .quiet(let status):
            return status
        case .show(let text):
            // Help and the version are what was asked for: data, not an error.
            do {
                try context.output.line(text)
                return .ok
            } catch {
                return report(error, context)
            }
        case .usage(let text):
            // The parser repeats what was typed.
            context.output.note(SafeText.block(text))
            return .usage
        case .failed(let failure):
            context.output.show(failure)
            return failure.status
        }
    }
}
