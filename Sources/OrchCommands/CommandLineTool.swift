import ArgumentParser
import Glibc
import OrchStore
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
            status = report(error, arguments, context)
        }
        do {
            try context.output.flush()
        } catch {
            status = report(error, arguments, context)
        }
        return status.rawValue
    }

    private static func dispatch(_ arguments: [String], _ context: Context) async throws {
        if let request = QuickQuery.request(arguments) { return try request.run(context) }
        var command = try OrchCommand.parseAsRoot(wantsPrompt(arguments, context) ? ["repl"] : arguments)
        if let ours = command as? any ContextCommand {
            try await ours.run(context)
        } else {
            try command.run()
        }
    }

    /// Whether a person typed `orch` and nothing else, where there is a hub to talk to.
    private static func wantsPrompt(_ arguments: [String], _ context: Context) throws -> Bool {
        guard arguments.isEmpty, context.input.isTerminal, context.output.isTerminal else { return false }
        return try OrchFolder.find(from: context.directory).map { access($0.database, F_OK) == 0 } ?? false
    }

    private static func report(_ error: any Error, _ arguments: [String], _ context: Context) -> ExitStatus {
        switch ErrorWords.verdict(on: error) {
        case .quiet(let status):
            return status
        case .show(let text):
            // Help and the version are what was asked for: data, not an error.
            do {
                try context.output.line(text)
                if let columns = ColumnHelp.text(arguments) { try context.output.line("\n" + columns) }
                return .ok
            } catch {
                return report(error, arguments, context)
            }
        case .usage(let text):
            // The parser repeats what was typed.
            context.output.note(SafeText.block(text))
            if let hint = ParserHints.hint(arguments) { context.output.note("Hint:  \(hint).") }
            return .usage
        case .failed(let failure):
            context.output.show(failure)
            return failure.status
        }
    }
}
