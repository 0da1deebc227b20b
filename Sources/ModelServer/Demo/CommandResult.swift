import OrchCore

/// What came of a command or patch, read from the text that Codex gives the model.
struct CommandResult: Sendable, Hashable {
    /// Nil while it runs, and when it was cut off.
    var exitCode: Int?
    /// The session in which it still runs.
    var session: Int64?
    /// What it printed.
    var text: String

    /// The results after the newest user message.
    ///
    /// Waiting for a command belongs to the command.
    static func results(_ request: ModelRequest) -> [CommandResult] {
        var results: [CommandResult] = []
        for output in request.outputsSinceLastUser {
            let call = request.call(of: output)
            if call?.name == "write_stdin", var last = results.popLast() {
                let more = CommandResult(output.text)
                last = CommandResult(exitCode: more.exitCode, session: more.session, text: last.text + more.text)
                results.append(last)
            } else {
                results.append(CommandResult(output.text))
            }
        }
        return results
    }

    private init(exitCode: Int?, session: Int64?, text: String) {
        self.exitCode = exitCode
        self.session = session
        self.text = text
    }

    /// Reads the text of an output.
    init(_ output: String) {
        var exitCode: Int?
        var session: Int64?
        var text: [Substring] = []
        var isText = false
        for line in output.split(separator: "\n", omittingEmptySubsequences: false) {
            if isText {
                text.append(line)
            } else if line == "Output:" {
                isText = true
            } else if let number = Self.number(after: "Process exited with code ", in: line)
                ?? Self.number(after: "Exit code: ", in: line)
            {
                exitCode = Int(number)
            } else if let number = Self.number(after: "Process running with session ID ", in: line) {
                session = number
            }
        }
        self.init(
            exitCode: exitCode,
            session: exitCode == nil ? session : nil,
            text: isText ? text.joined(separator: "\n") : output
        )
    }

    private static func number(after prefix: String, in line: Substring) -> Int64? {
        line.hasPrefix(prefix) ? Int64(line.dropFirst(prefix.count).prefix { $0.isNumber || $0 == "-" }) : nil
    }
}
