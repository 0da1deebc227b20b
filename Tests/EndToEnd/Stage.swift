import CodexAppServer
import Foundation
import Glibc
import ModelServer
import OrchStore
import OrchTestSupport
import SQLite

/// A repository with the demo's issues, a scripted model, and the daemon under test as a process of its own.
final class Stage {
    let directory: TemporaryDirectory
    let orch: String
    let codex: String
    let environment: [String: String]
    private(set) var daemon: Program?

    var repository: String { directory.path + "/project" }
    var folder: OrchFolder { OrchFolder(repository: repository) }
    var log: String { directory.path + "/daemon.log" }

    /// Makes the repository and the Codex settings that lead to the model on this port.
    init(modelPort: Int) throws {
        directory = try TemporaryDirectory("orch-e2e")
        orch = try Installation.orch()
        codex = try Installation.codex()
        let path = directory.path
        environment = [
            "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": path + "/home", "TMPDIR": path + "/tmp",
            "LC_ALL": "C.UTF-8",
            "CODEX_HOME": path + "/codex", DemoConfig.keyVariable: "test", "XDG_RUNTIME_DIR": path + "/run",
            "NO_COLOR": "1",
            "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null",
        ]
        for name in ["home", "tmp", "codex", "run", "project"] {
            try FileManager.default.createDirectory(
                atPath: path + "/" + name,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        }
        try DemoConfig.codexConfig(port: modelPort).write(
            toFile: path + "/codex/config.toml",
            atomically: true,
            encoding: .utf8
        )
        try "# Project\n".write(toFile: repository + "/README.md", atomically: true, encoding: .utf8)
        try "---\norch:\n  wip: 2\n  debounce: 500ms\n---\n".write(
            toFile: repository + "/WORKFLOW.md",
            atomically: true,
            encoding: .utf8
        )
        _ = try git("init", "--quiet", "--initial-branch=main")
        for (key, value) in [("user.name", "Test"), ("user.email", "test@localhost")] {
            _ = try git("config", key, value)
        }
        _ = try git("add", ".")
        _ = try git("commit", "--quiet", "-m", "Begin")
    }

    /// Runs git in the repository; its output.
    func git(_ arguments: String...) throws -> String {
        try run("/usr/bin/git", arguments).output
    }

    /// Runs orch in the repository; its output and exit code.
    func run(orch arguments: String...) throws -> (output: String, code: Int32) {
        try run(orch, arguments, mustSucceed: false)
    }

    private func run(_ path: String, _ arguments: [String], mustSucceed: Bool = true) throws -> (
        output: String, code: Int32
    ) {
        let log = directory.path + "/\(UUID()).out"
        let code = try Program(path, arguments, in: repository, environment: environment, log: log).wait()
        let output = try String(contentsOfFile: log, encoding: .utf8)
        try FileManager.default.removeItem(atPath: log)
        guard code == 0 || !mustSucceed else {
            throw EndToEndError("\(path) \(arguments) ended with \(code): \(output)")
        }
        return (output, code)
    }

    /// Files the demo's issues, as a person would.
    func fileIssues() throws {
        for charter in DemoCharters.all {
            var arguments = ["issue", "new", charter.title, "--body", charter.body, "--queue"]
            for label in charter.labels where !["orchestrate", "agent:queued"].contains(label) {
                arguments += ["--label", label]
            }
            _ = try run(orch, arguments)
        }
    }

    func startDaemon(_ more: String...) throws {
        daemon = try Program(
            orch,
            ["daemon", "--autopilot-on", "--codex-path", codex] + more,
            in: repository,
            environment: environment,
            log: log
        )
    }

    func killDaemon() {
        daemon?.killNow()
        daemon = nil
    }

    /// Stops the daemon as a person does; its exit code.
    func stopDaemon() -> Int32? {
        defer { daemon = nil }
        return daemon?.stop()
    }

    /// A reader of the database.
    func open() throws -> Connection { try Store.open(folder, role: .readOnly, nowMs: 0) }

    /// `kill -9` of the app-server that is recorded as running; false when there is none.
    func killAppServer() throws -> Bool {
        let found: (pid: Int64, token: String)? = try open().first(
            "SELECT pid, token FROM app_server WHERE state = 'running' AND pid IS NOT NULL"
        ) { (try $0.get(0), try $0.get(1)) }
        guard let found, let process = ProcessIdentity.of(pid: found.pid), process.isProven(token: found.token) else {
            return false
        }
        kill(pid_t(found.pid), SIGKILL)
        return true
    }

    /// Ends what the daemon left running on purpose.
    func endAppServers() async throws {
        let servers: [(token: String, socket: String?)] = try open().query("SELECT token, socket FROM app_server") {
            (try $0.get(0), try $0.get(1))
        }
        for server in servers {
            _ = await ProcessIdentity.find(token: server.token)?.terminate(token: server.token)
            for stray in ProcessIdentity.strays(token: server.token) { stray.killNow(token: server.token) }
        }
    }

    /// How often each message stands in Codex's own records, by the id of its turn.
    func deliveries() throws -> [String: Int] {
        var counts: [String: Int] = [:]
        guard let files = FileManager.default.enumerator(atPath: folder.path + "/codex-home/sessions") else {
            return [:]
        }
        for case let name as String in files where name.hasSuffix(".jsonl") {
            let text = try String(contentsOfFile: folder.path + "/codex-home/sessions/" + name, encoding: .utf8)
            for line in text.split(separator: "\n") where line.contains("\"type\":\"UserMessage\"") {
                guard let start = line.range(of: "\"client_id\":\"")?.upperBound,
                    let end = line[start...].firstIndex(of: "\"")
                else { continue }
                counts[String(line[start..<end]), default: 0] += 1
            }
        }
        return counts
    }
}
