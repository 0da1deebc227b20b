import Glibc

/// The process's standard input.
final class StandardInput: InputSource {
    var isTerminal: Bool { isatty(STDIN_FILENO) == 1 }

    func readAll(limit: Int) throws -> [UInt8]? {
        try FileBytes.read(descriptor: STDIN_FILENO, name: "standard input", limit: limit)
    }
}
