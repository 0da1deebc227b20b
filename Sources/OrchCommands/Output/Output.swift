import Glibc
import OrchCore
import OrchStore

/// Everything that a command says: data to standard output, all else to standard error.
///
/// Text made by issues, agents or Codex goes through `SafeText` before it comes here, unless `isTerminal` is false and the format is a
/// machine's.
package final class Output {
    /// Standard output.
    let out: any ByteSink
    /// Standard error.
    let err: any ByteSink
    /// Whether standard output is a terminal.
    package let isTerminal: Bool
    /// Whether standard output takes colours.
    let hasColour: Bool
    /// Columns of the terminal.
    package private(set) var width: Int
    /// The width that tables are fitted to: the terminal's, or the one that was asked for; nil for as wide as they are.
    private(set) var tableWidth: Int?
    /// Lines of the terminal.
    private(set) var height: Int
    /// How large the terminal is now; nil where there is none.
    private let size: (() -> (width: Int, height: Int))?

    /// An output to these sinks.
    package init(
        out: any ByteSink,
        err: any ByteSink,
        isTerminal: Bool,
        hasColour: Bool,
        width: Int,
        height: Int = 24,
        tableWidth: Int? = nil,
        size: (() -> (width: Int, height: Int))? = nil
    ) {
        self.out = out
        self.err = err
        self.isTerminal = isTerminal
        self.hasColour = hasColour
        self.width = width
        self.height = height
        self.tableWidth = tableWidth ?? (isTerminal ? width : nil)
        self.size = size
    }

    /// Looks again how large the terminal is: people make it larger and smaller.
    func measure() {
        guard let size = size?() else { return }
        (width, height) = size
        tableWidth = size.width
    }

    /// Whether standard output can still be read by somebody.
    var isRead: Bool { out.isRead }

    /// Writes text to standard output as it is.
    func write(_ text: String) throws {
        try out.write(text)
    }

    /// Writes bytes to standard output as they are.
    func write(_ bytes: [UInt8]) throws {
        let outcome: Result<Void, SinkError> = bytes.withUnsafeBytes { buffer in
            do throws(SinkError) {
                try out.write(buffer)
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try outcome.get()
    }

    /// Writes a line to standard output.
    func line(_ text: String = "") throws {
        try out.write(text)
        try out.write("\n")
    }

    /// Writes a JSON value as a line.
    func json(_ value: JSONValue) throws {
        try line(JSONText.line(value))
    }

    /// Hands on what was kept back.
    func flush() throws {
        try out.flush()
        try err.flush()
    }

    /// Tells the person something beside the data: to standard error, at once.
    func note(_ text: String) {
        // Nobody is left to tell when standard error itself is broken; the exit code still speaks.
        try? err.write(text + "\n")
        try? err.flush()
    }

    /// Text in a colour, where there are colours.
    func ink(_ ink: Ink, _ text: String) -> String {
        hasColour && !text.isEmpty ? "\u{1B}[\(ink.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// Shows an error: what is wrong, and what to do.
    func show(_ error: CommandError) {
        // What was printed so far comes first, as on a terminal; a failure of it is told by the last flush.
        try? out.flush()
        note("Error: \(SafeText.block(error.message))")
        if let hint = error.hint { note("Hint:  \(SafeText.block(hint))") }
    }
}

extension Output {
    /// The process's own standard output and standard error.
    static func standard(environment: [String: String]) -> Output {
        let isTerminal = isatty(STDOUT_FILENO) == 1
        let quiet = !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
        let size = terminalSize(environment: environment)
        return Output(
            out: DescriptorSink(STDOUT_FILENO),
            err: DescriptorSink(STDERR_FILENO),
            isTerminal: isTerminal,
            hasColour: isTerminal && !quiet,
            width: size.width,
            height: size.height,
            tableWidth: environment["COLUMNS"].flatMap { Int($0) } == nil ? nil : size.width,
            size: isTerminal ? { terminalSize(environment: environment) } : nil
        )
    }

    /// The terminal's size: `COLUMNS` first, then what the terminal says, else 100 × 24 (a pipe has no width).
    private static func terminalSize(environment: [String: String]) -> (width: Int, height: Int) {
        var window = winsize()
        let known = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0 && window.ws_col > 0
        let columns = environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
        let width = columns ?? (known ? Int(window.ws_col) : 100)
        return (min(max(width, 20), 10_000), known ? max(Int(window.ws_row), 5) : 24)
    }
}
