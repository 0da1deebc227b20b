import Foundation
import Glibc

/// A program run to its end, or in the background until it is ended; never left behind.
final class Program {
    private let process = Process()
    let log: String

    /// Starts it; its output goes to a file.
    init(_ path: String, _ arguments: [String], in folder: String, environment: [String: String], log: String) throws {
        self.log = log
        if !FileManager.default.fileExists(atPath: log) { try Data().write(to: URL(filePath: log)) }
        guard let output = FileHandle(forWritingAtPath: log) else { throw EndToEndError("can't write \(log)") }
        try output.seekToEnd()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: folder)
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
    }

    var pid: pid_t { process.processIdentifier }
    var isRunning: Bool { process.isRunning }

    /// `kill -9`, and waits until it is gone.
    func killNow() {
        kill(pid, SIGKILL)
        process.waitUntilExit()
    }

    /// Asks it to end; its exit code.
    func stop() -> Int32 {
        kill(pid, SIGTERM)
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// Its exit code, when it ends by itself.
    func wait() -> Int32 {
        process.waitUntilExit()
        return process.terminationStatus
    }

    deinit {
        if process.isRunning { killNow() }
    }
}
