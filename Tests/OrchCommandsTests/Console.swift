import OrchCore

@testable import OrchCommands

/// Runs `orch` in this process and keeps what it says.
struct Console {
    var directory = "/"
    var environment: [String: String] = ["USER": "tester", "PATH": "/usr/local/bin:/usr/bin:/bin"]
    var isTerminal = false
    var hasColour = false
    var width = 100
    /// What COLUMNS says.
    var columns: Int?
    var nowMs: Int64 = 1_780_000_000_000

    /// What a run left behind.
    struct Result {
        var status: Int32
        var out: String
        var bytes: [UInt8]
        var err: String

        /// Standard output as JSON.
        var json: JSONValue? { try? JSONValue(parsing: out) }
    }

    /// Runs a command line.
    func run(_ arguments: String..., input: [UInt8] = [], closeAfter: Int? = nil) async -> Result {
        await run(arguments, input: input, closeAfter: closeAfter)
    }

    /// Runs a command line; `typed` makes standard input a terminal.
    func run(_ arguments: [String], input: [UInt8] = [], closeAfter: Int? = nil, typed: Bool = false) async -> Result {
        let out = MemorySink(closeAfter: closeAfter)
        let err = MemorySink()
        let status = await CommandLineTool.run(arguments, context(out: out, err: err, input: input, typed: typed))
        return Result(status: status, out: out.text, bytes: out.contents, err: err.text)
    }

    /// The context that a command gets.
    func context(
        out: MemorySink = MemorySink(),
        err: MemorySink = MemorySink(),
        input: [UInt8] = [],
        typed: Bool = false
    ) -> Context {
        let now = nowMs
        return Context(
            environment: environment,
            directory: directory,
            executable: "/nowhere/orch",
            input: MemoryInput(input, isTerminal: typed),
            output: Output(
                out: out,
                err: err,
                isTerminal: isTerminal,
                hasColour: hasColour,
                width: width,
                tableWidth: columns
            ),
            nowMs: { now }
        )
    }
}
