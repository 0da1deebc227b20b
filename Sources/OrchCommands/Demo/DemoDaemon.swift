import CodexAppServer
import Glibc
import OrchStore
import SQLite
import Subprocess
import SystemPackage

/// The demo's daemon: this very program as a child process, and the app-server that it leaves behind.
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
            ],
            environment: .custom(environment),
            workingDirectory: FilePath(folder.repository)
        )
        let outcome: Result<Void, any Error>
        do {
            _ = try await Subprocess.run(
                configuration,
                input: .none,
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
        try await endAppServers()
        try outcome.get()
    }

    /// Ends the app-servers that the daemon left running: each is proven to be the recorded one first.
    private func endAppServers() async throws {
        let db = try Store.open(OrchFolder(repository: folder.repository), role: .readOnly, nowMs: context.nowMs())
        let servers = try db.query("SELECT \(AppServerRecord.columns) FROM app_server") { try AppServerRecord(row: $0) }
        for server in servers {
            var process = ProcessIdentity.find(token: server.token)
            if let pid = server.pid, let startTime = server.startTime, let bootID = server.bootId {
                process = ProcessIdentity(pid: pid, startTime: startTime, bootID: bootID)
            }
            _ = await process?.terminate(token: server.token)
            for stray in ProcessIdentity.strays(token: server.token) { stray.killNow(token: server.token) }
            if let socket = server.socket { unlink(socket) }
        }
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
