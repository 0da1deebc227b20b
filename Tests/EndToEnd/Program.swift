import Foundation
import Glibc

@testable import CodexAppServer

/// A program run to its end, or in the background until it is ended; never left behind.
///
/// Not by Foundation's `Process`, whose `run` now and then crashes when several tests use it at once.
final class Program {
    private static let interval = Duration.milliseconds(5)

    /// Its process id, which stays taken until `exit` is known.
    let pid: pid_t
    private let command: String
    private var exit: Int32?

    /// Starts it; its output goes to files, which may be the same.
    init(
        _ path: String,
        _ arguments: [String],
        in folder: String,
        environment: [String: String],
        output: String,
        errors: String
    ) throws {
        command = ([path] + arguments).map { String($0.prefix(200)) }.joined(separator: " ")
        let files = [try Self.file("/dev/null", O_RDONLY), try Self.appender(output), try Self.appender(errors)]
        defer { for file in files { close(file) } }
        let spawn = Spawn(
            executable: path,
            arguments: arguments,
            environment: environment,
            folder: folder,
            isDetached: false
        )
        pid = try spawn.run(input: files[0], output: files[1], error: files[2])
    }

    private static func appender(_ path: String) throws -> Int32 { try file(path, O_WRONLY | O_CREAT | O_APPEND) }

    private static func file(_ path: String, _ flags: Int32) throws -> Int32 {
        let file = open(path, flags | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw EndToEndError("can't open \(path): \(String(cString: strerror(errno)))") }
        return file
    }

    var isRunning: Bool { collect(WNOHANG) == nil }

    /// Sends it a signal.
    func signal(_ number: Int32) {
        if isRunning { kill(pid, number) }
    }

    /// Its exit code when it has ended, or 128 and the signal that ended it; the limit only keeps a failure from hanging.
    func end(limit: Duration = .seconds(60)) async throws -> Int32 {
        let clock = ContinuousClock()
        let last = clock.now + limit
        while true {
            if let code = collect(WNOHANG) { return code }
            guard clock.now < last else { throw EndToEndError("has not ended within \(limit): \(command)") }
            try await Task.sleep(for: Self.interval)
        }
    }

    /// `kill -9`, and waits until it is gone; false when it had ended by itself.
    @discardableResult
    func killNow() -> Bool {
        guard isRunning else { return false }
        kill(pid, SIGKILL)
        return collect(0) == 128 + SIGKILL
    }

    /// Its exit code, if it has ended.
    private func collect(_ options: Int32) -> Int32? {
        if let exit { return exit }
        var status: Int32 = 0
        var found = waitpid(pid, &status, options)
        while found < 0, errno == EINTR { found = waitpid(pid, &status, options) }
        guard found == pid else { return nil }
        let signal = status & 0x7F
        exit = signal == 0 ? (status >> 8) & 0xFF : 128 + signal
        return exit
    }

    deinit { killNow() }
}

/// What a program said, and how it ended.
struct Said {
    /// Standard output.
    var output: String
    /// Standard error.
    var errors: String
    var code: Int32

    /// Both, as a terminal would show them.
    var all: String { output + errors }
}
