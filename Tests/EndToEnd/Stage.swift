import CodexAppServer
import Foundation
import Glibc
import ModelServer
import OrchCore
import OrchStore
import OrchTestSupport
import SQLite

/// A repository of its own, and the daemon under test as a process of its own.
final class Stage {
    /// `orch:` settings that make a test quick.
    static let settings = "wip: 2, debounce: 200ms"

    let directory: TemporaryDirectory
    let orch: String
    let codex: String
    /// What programs get; a test may add to it before it starts one.
    var environment: [String: String]
    /// Where orch runs, if its disks are others than this process's.
    var mounts: OwnMounts?
    private(set) var daemon: Program?
    private var reader: Connection?

    var repository: String { directory.path + "/project" }
    var folder: OrchFolder { OrchFolder(repository: repository) }
    var log: String { directory.path + "/daemon.log" }

    /// Makes the repository and the Codex settings that lead to the model on this port.
    ///
    /// - Parameters:
    ///   - modelPort: Where the scripted model listens on loopback; by default there is none.
    ///   - settings: The members of `orch:` in `WORKFLOW.md`.
    /// - Throws: `EndToEndError`, or what Foundation throws, when the stage can't be set up.
    init(modelPort: Int = 1, settings: String = Stage.settings) async throws {
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
        try write(settings: settings)
        try await git("init", "--quiet", "--initial-branch=main")
        for (key, value) in [("user.name", "Test"), ("user.email", "test@localhost")] {
            try await git("config", key, value)
        }
        // What a test makes in a worktree to let its agent go on is no work of that agent's.
        try "go\n".write(toFile: repository + "/.git/info/exclude", atomically: true, encoding: .utf8)
        try await git("add", ".")
        try await git("commit", "--quiet", "-m", "Begin")
    }

    /// Writes `WORKFLOW.md`, without a commit.
    func write(settings: String) throws {
        try "---\norch: {\(settings)}\n---\n".write(
            toFile: repository + "/WORKFLOW.md",
            atomically: true,
            encoding: .utf8
        )
    }

    /// Commits other settings on the base branch.
    func commit(settings: String) async throws {
        try write(settings: settings)
        try await git("commit", "--quiet", "-a", "-m", "Set \(settings)")
    }

    // MARK: Programs

    /// Runs git in the repository; its output.
    @discardableResult
    func git(_ arguments: String...) async throws -> String {
        let said = try await run("/usr/bin/git", arguments)
        guard said.code == 0 else { throw EndToEndError("git \(arguments) ended with \(said.code): \(said.errors)") }
        return said.output
    }

    /// Runs orch in the repository, whatever its exit code.
    func orch(_ arguments: String..., environment: [String: String] = [:], in folder: String? = nil) async throws
        -> Said
    {
        try await run(orch, arguments, environment: environment, in: folder)
    }

    /// Runs orch in the repository, which must succeed; its output.
    @discardableResult
    func did(_ arguments: String...) async throws -> String {
        let said = try await run(orch, arguments)
        guard said.code == 0 else { throw EndToEndError("orch \(arguments) ended with \(said.code): \(said.errors)") }
        return said.output
    }

    /// The rows of `orch query NAME`.
    func query(_ arguments: String...) async throws -> [JSONValue] {
        let said = try await run(orch, ["query"] + arguments + ["--format", "json"])
        guard said.code == 0, let rows = try JSONValue(parsing: said.output).arrayValue else {
            throw EndToEndError("orch query \(arguments) ended with \(said.code): \(said.all)")
        }
        return rows
    }

    /// Runs a program in the repository; `environment` is added to the stage's.
    func run(_ path: String, _ arguments: [String], environment: [String: String] = [:], in folder: String? = nil)
        async throws -> Said
    {
        let name = directory.path + "/\(UUID())"
        let words = elsewhere(path, arguments, in: folder ?? repository)
        let program = try Program(
            words[0],
            Array(words.dropFirst()),
            in: folder ?? repository,
            environment: self.environment.merging(environment) { $1 },
            output: name + ".out",
            errors: name + ".err"
        )
        let code = try await program.end()
        defer { for end in [".out", ".err"] { unlink(name + end) } }
        return Said(
            output: String(decoding: try Data(contentsOf: URL(filePath: name + ".out")), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: URL(filePath: name + ".err")), as: UTF8.self),
            code: code
        )
    }

    /// A command line as it is, or in the stage's own mounts.
    private func elsewhere(_ path: String, _ arguments: [String], in folder: String) -> [String] {
        mounts?.command(path, arguments, in: folder) ?? [path] + arguments
    }

    /// Starts orch in the repository, and does not wait for its end; what it says is in the file `name` of the stage.
    func program(_ arguments: String..., name: String = "program.log") throws -> Program {
        let log = directory.path + "/" + name
        return try Program(orch, arguments, in: repository, environment: environment, output: log, errors: log)
    }

    // MARK: Issues

    /// Files an issue and queues it; its number.
    @discardableResult
    func file(_ title: String, body: String = "", labels: [String] = []) async throws -> Int {
        let labels = labels.flatMap { ["--label", $0] }
        let said = try await run(orch, ["issue", "new", title, "--body", body, "--queue", "--json"] + labels)
        guard said.code == 0, let number = try JSONValue(parsing: said.output)["number"]?.intValue else {
            throw EndToEndError("the issue was not filed, exit code \(said.code): \(said.all)")
        }
        return Int(number)
    }

    /// Files the demo's issues, as a person would.
    func fileIssues() async throws {
        for charter in DemoCharters.all {
            let labels = charter.labels.filter { !["orchestrate", "agent:queued"].contains($0) }
            try await file(charter.title, body: charter.body, labels: labels)
        }
    }

    // MARK: The daemon

    /// Starts the daemon; by default one that decides by itself and sends no digests.
    func startDaemon(_ flags: String...) throws { try startDaemon(flags) }

    /// The same, with flags as a list.
    func startDaemon(_ flags: [String]) throws {
        daemon = try makeDaemon(flags)
    }

    /// A daemon that the stage does not know of.
    func makeDaemon(_ flags: [String], log: String? = nil) throws -> Program {
        let words = elsewhere(orch, ["daemon", "--codex-path", codex] + flags, in: repository)
        return try Program(
            words[0],
            Array(words.dropFirst()),
            in: repository,
            environment: environment,
            output: log ?? self.log,
            errors: log ?? self.log
        )
    }

    /// `kill -9` of the daemon; false when it had ended by itself, or was not started.
    @discardableResult
    func killDaemon() -> Bool {
        defer { daemon = nil }
        return daemon?.killNow() ?? false
    }

    /// Stops the daemon as a person does; its exit code.
    func stopDaemon(_ signal: Int32 = SIGTERM) async throws -> Int32 {
        guard let daemon else { throw EndToEndError("no daemon was started") }
        daemon.signal(signal)
        let code = try await daemon.end()
        self.daemon = nil
        return code
    }

    /// What the daemon has said.
    func words() -> String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }

    /// A reader of the database.
    func open() throws -> Connection {
        if let reader { return reader }
        let db = try Store.open(folder, role: .readOnly, nowMs: 0)
        reader = db
        return db
    }

    /// What a query of one value gives.
    func value<T: ColumnValue>(_ sql: String, as type: T.Type = T.self) throws -> T? { try open().scalar(sql) }

    /// Waits until something holds; the limit only keeps a failure from hanging.
    func until(_ what: String, limit: Duration = .seconds(60), _ holds: () async throws -> Bool) async throws {
        let clock = ContinuousClock()
        let end = clock.now + limit
        while try await !holds() {
            if let daemon, !daemon.isRunning { throw failure("the daemon ended before this held: \(what)") }
            guard clock.now < end else { throw failure("did not hold within \(limit): \(what)") }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Waits until a query gives a number that is not 0.
    func until(_ what: String, _ sql: String, limit: Duration = .seconds(60)) async throws {
        try await until(what, limit: limit) {
            do { return try (value(sql, as: Int.self) ?? 0) != 0 } catch let error as StoreError {
                guard error.code == .noDatabase else { throw error }
                return false
            }
        }
    }

    /// Waits until an issue is in a phase.
    func until(issue number: Int, _ phase: String) async throws {
        try await until(
            "#\(number) is \(phase)",
            "SELECT count(*) FROM issue WHERE number = \(number) AND phase = '\(phase)'"
        )
    }

    /// Waits until an agent's branch has so many commits of its own.
    func until(commits count: Int, on branch: String) async throws {
        try await until("\(branch) has \(count) commits") {
            try await run("/usr/bin/git", ["rev-list", "--count", "main..\(branch)"]).output == "\(count)\n"
        }
    }

    private func failure(_ what: String) -> EndToEndError {
        let issues: [String] =
            (try? open().query("SELECT '#' || number || ' ' || phase || ' ' || coalesce(reason, '') FROM issue") {
                try $0.get(0)
            }) ?? []
        let lines = words().split(separator: "\n").suffix(40).joined(separator: "\n")
        return EndToEndError("\(what)\n\(issues)\n\(lines)")
    }

    // MARK: The app-server

    /// The app-server that is recorded as running, and does; nil when there is none.
    func appServer() throws -> ProcessIdentity? {
        let found: (pid: Int64, token: String)? = try open().first(
            "SELECT pid, token FROM app_server WHERE state = 'running' AND pid IS NOT NULL"
        ) { (try $0.get(0), try $0.get(1)) }
        guard let found, let process = ProcessIdentity.of(pid: found.pid), process.isProven(token: found.token) else {
            return nil
        }
        return process
    }

    /// `kill -9` of the app-server that is recorded as running; false when there is none.
    func killAppServer() throws -> Bool {
        guard let process = try appServer() else { return false }
        return kill(pid_t(process.pid), SIGKILL) == 0
    }

    /// Ends everything: the daemon, and what it left running on purpose.
    func end() async {
        killDaemon()
        await endServers()
        // What is left was started by what is ended, or nobody could read the database.
        for pid in LiveProcesses.naming(directory.path) where kill(pid, SIGKILL) == 0 {}
    }

    private func endServers() async {
        guard let db = try? open(),
            let tokens: [String] = try? db.query("SELECT token FROM app_server", map: { try $0.get(0) })
        else { return }  // no database that can be read: most often no app-server was started
        for token in tokens { _ = await ProcessIdentity.find(token: token)?.terminate(token: token) }
    }

    /// How often each message stands in Codex's own records, by the id of its turn.
    func deliveries() throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for name in try rollouts() {
            let text = try String(contentsOfFile: name, encoding: .utf8)
            for line in text.split(separator: "\n") where line.contains("\"type\":\"UserMessage\"") {
                guard let start = line.range(of: "\"client_id\":\"")?.upperBound,
                    let end = line[start...].firstIndex(of: "\"")
                else { continue }
                counts[String(line[start..<end]), default: 0] += 1
            }
        }
        return counts
    }

    /// Codex's own records of its threads.
    func rollouts() throws -> [String] {
        let sessions = folder.path + "/codex-home/sessions"
        let names = FileManager.default.enumerator(atPath: sessions)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(".jsonl") }.map { sessions + "/" + $0 }
    }
}

/// Plays `body` on a stage with a scripted model; ends what it leaves running, also after an error.
func withStage(
    _ scenario: some Scenario,
    pace: Pace = .instant,
    settings: String = Stage.settings,
    _ body: (Stage, ModelServer) async throws -> Void
) async throws {
    let model = ModelServer(scenario: scenario, pace: pace)
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await model.run() }
        defer { group.cancelAll() }
        let stage = try await Stage(modelPort: try await model.listeningPort, settings: settings)
        do {
            try await body(stage, model)
        } catch {
            await stage.end()
            throw error
        }
        await stage.end()
    }
}
