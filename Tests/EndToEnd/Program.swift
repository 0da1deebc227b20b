import Foundation
import Glibc

/// A program run to its end, or in the background until it is ended; never left behind.
final class Program {
    private let process = Process()
    private let command: String
    private let exits: AsyncStream<Int32>
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
        let (exits, continuation) = AsyncStream.makeStream(of: Int32.self)
        self.exits = exits
        process.terminationHandler = { ended in
            let isSignal = ended.terminationReason == .uncaughtSignal
            continuation.yield((isSignal ? 128 : 0) + ended.terminationStatus)
            continuation.finish()
        }
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: folder)
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try Self.appender(output)
        process.standardError = errors == output ? process.standardOutput : try Self.appender(errors)
        try process.run()
    }

    private static func appender(_ path: String) throws -> FileHandle {
        let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw EndToEndError("can't write \(path): \(String(cString: strerror(errno)))") }
        return FileHandle(fileDescriptor: file, closeOnDealloc: true)
    }

    var pid: pid_t { process.processIdentifier }
    var isRunning: Bool { process.isRunning }

    /// Sends it a signal.
    func signal(_ number: Int32) { kill(pid, number) }

    /// Its exit code when it has ended, or 128 and the signal that ended it; the limit only keeps a failure from hanging.
    func end(limit: Duration = .seconds(60)) async throws -> Int32 {
        if let exit { return exit }
        let exits = self.exits
        let code = try await withThrowingTaskGroup(of: Int32?.self) { group in
            group.addTask {
                for await code in exits { return code }
                return nil
            }
            group.addTask {
                try await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
        guard let code else { throw EndToEndError("has not ended within \(limit): \(command)") }
        exit = code
        return code
    }

    /// `kill -9`, and waits until it is gone; false when it had ended by itself.
    @discardableResult
    func killNow() -> Bool {
        guard process.isRunning else { return false }
        kill(pid, SIGKILL)
        process.waitUntilExit()
        return process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGKILL
    }

    deinit {
        killNow()
    }
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
