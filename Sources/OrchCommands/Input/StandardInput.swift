import Dispatch
import Glibc

/// The process's standard input.
final class StandardInput: InputSource {
    var isTerminal: Bool { isatty(STDIN_FILENO) == 1 }

    func take() throws -> [UInt8]? {
        var poll = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        guard Glibc.poll(&poll, 1, 0) > 0 else { return nil }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = read(STDIN_FILENO, &buffer, buffer.count)
        guard count >= 0 else {
            if errno == EINTR || errno == EAGAIN { return nil }
            throw CommandError(.io, "can't read standard input: \(String(cString: strerror(errno)))")
        }
        return Array(buffer[..<count])
    }

    /// Not on the threads that tasks share: it blocks.
    func wait(atMostMs limitMs: Int) async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                var poll = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
                Glibc.poll(&poll, 1, Int32(limitMs))
                continuation.resume()
            }
        }
    }

    var keys: TerminalMode? { isTerminal ? TerminalMode(STDIN_FILENO) : nil }

    func readAll(limit: Int) throws -> [UInt8]? {
        try FileBytes.read(descriptor: STDIN_FILENO, name: "standard input", limit: limit)
    }
}
