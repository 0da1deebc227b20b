import Glibc
import Hub
import OrchStore
import Subprocess
import SystemPackage

/// The demo's daemon: this very program as a child process, and the app-server of it.
///
/// The daemon ends when its standard input does, so that nothing is left when the demo itself is killed.
struct DemoDaemon {
    /// How long the daemon may take to stop before it is killed: its own limit is 5 s.
    static let stopLimit = Duration.seconds(8)

    let folder: DemoFolder
    let codexPath: String
    let context: Context

    /// Runs the daemon while `body` runs, then stops it and whatever it started.
    func run(_ body: (_ isRunning: () -> Bool) async throws -> Void) async throws {
        let log = try FileDescriptor.open(
            folder.log,
            .writeOnly,
            options: [.create, .exclusiveCreate, .closeOnExec],
            permissions: [.ownerReadWrite]
        )
        defer { try? log.close() }  // Written by the child; nothing of ours is in it.
        let configuration = Configuration(
            executable: .path(FilePath(context.executable)),
            arguments: [
                "daemon", "--cwd", folder.repository, "--wip", "2", "--autopilot-on", "--codex-path", codexPath,
                "--while-input-open",
            ],
            environment: .custom(environment),
            workingDirectory: FilePath(folder.repository)
        )
        let outcome: Result<Void, any Error>
        do {
            _ = try await Subprocess.run(
                configuration,
                input: .inputWriter,
                output: .fileDescriptor(log, closeAfterSpawningProcess: false),
                error: .combinedWithOutput
            ) { running in
                let pid = running.processIdentifier.value
                let result: Result<Void, any Error>
                do {
                    try await body { Self.isRunning(pid) }
                    result = .success(())
                } catch {
                    result = .failure(error)
                }
                await running.teardown(using: [.send(signal: .terminate, allowedDurationToNextStep: Self.stopLimit)])
                try result.get()
            }
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        // It has ended them itself, unless it was killed.
        try await RecordedServers(OrchFolder(repository: folder.repository)).end()
        try outcome.get()
    }

    private var environment: [Environment.Key: String] {
        var variables: [Environment.Key: String] = [:]
        for (name, value) in context.environment.merging(folder.variables, uniquingKeysWith: { _, new in new }) {
            if let key = Environment.Key(rawValue: name) { variables[key] = value }
        }
        return variables
    }

    /// Whether a child process runs: a zombie does not.
    private static func isRunning(_ pid: pid_t) -> Bool {
        // A child that is gone has no /proc entry any more.
        guard let bytes = try? FileBytes.read(path: "/proc/\(pid)/stat", limit: 4_096),
            let end = bytes.lastIndex(of: UInt8(ascii: ")"))
        else { return false }
        let state = bytes[(end + 1)...].first { $0 != UInt8(ascii: " ") }
        return state != UInt8(ascii: "Z") && state != UInt8(ascii: "X")
    }
}
