import CodexAppServer
import Foundation
import Glibc
import ModelServer
import OrchCore
import OrchTestSupport
import Synchronization

/// A real, detached app-server with a private home, against a scripted model.
final class CodexFixture: Sendable {
    let directory: TemporaryDirectory
    let model: ModelServer
    let launcher: AppServerLauncher
    private let running: Mutex<ProcessIdentity?>
    private let socketFile = Mutex<String?>(nil)

    private init(directory: TemporaryDirectory, model: ModelServer, launcher: AppServerLauncher) {
        self.directory = directory
        self.model = model
        self.launcher = launcher
        running = Mutex(nil)
    }

    /// The server of this moment.
    var identity: ProcessIdentity? { running.withLock { $0 } }
    var socket: String { directory.file("s") }

    /// Starts model and server, runs `body`, and ends both.
    static func with(
        _ rules: [ScriptedScenario.Rule] = [],
        pace: Pace = .instant,
        repository: String? = nil,
        starts: Bool = true,
        _ body: @escaping @Sendable (CodexFixture) async throws -> Void
    ) async throws {
        let model = ModelServer(scenario: ScriptedScenario(rules), pace: pace)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await model.run() }
            defer { group.cancelAll() }
            let directory = try TemporaryDirectory("orch-codex")
            let port = try await model.listeningPort
            let launcher = try makeLauncher(directory, port: port, repository: repository)
            let fixture = CodexFixture(directory: directory, model: model, launcher: launcher)
            do {
                if starts { try await fixture.start() }
                try await body(fixture)
            } catch {
                await fixture.end()
                throw error
            }
            await fixture.end()
        }
    }

    static func makeLauncher(
        _ directory: TemporaryDirectory,
        port: Int,
        repository: String?,
        isDetached: Bool = true
    ) throws -> AppServerLauncher {
        let home = try CodexHome.plan(
            at: directory.file("home"),
            temporaryFolder: try directory.folder("tmp"),
            userHome: nil,
            wishes: .init(
                repository: repository,
                model: DemoConfig.model,
                overrides: [
                    "model_provider": "mock",
                    "model_providers": [
                        "mock": [
                            "name": "mock", "base_url": .string("http://127.0.0.1:\(port)/v1"), "wire_api": "responses",
                            "env_key": .string(DemoConfig.keyVariable),
                        ]
                    ],
                ]
            )
        )
        try home.write()
        let token = UUID().uuidString
        return AppServerLauncher(
            codex: try RealCodex.path(),
            socket: isDetached ? directory.file("s") : nil,
            token: token,
            logPath: directory.file("log"),
            folder: directory.path,
            environment: ServerEnvironment.make(
                from: [
                    "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": try directory.folder("user"),
                    DemoConfig.keyVariable: "k",
                ],
                home: home.path,
                temporaryFolder: home.temporaryFolder,
                token: token,
                keys: [DemoConfig.keyVariable]
            )
        )
    }

    func start() async throws {
        let identity = try launcher.launch()
        running.withLock { $0 = identity }
        try await launcher.untilListening(identity)
        socketFile.withLock { $0 = Self.socketFile(socket) }
    }

    /// kill -9, and a new server in the same home.
    func killAndRestart() async throws {
        await kill()
        try await start()
    }

    func kill() async {
        guard let identity else { return }
        identity.killNow()
        _ = await identity.isGone(within: .seconds(10))
    }

    func connect() async throws -> CodexClient {
        CodexClient(try await AppServerConnection.connect(UnixWebSocketTransport(path: socket)))
    }

    /// Ends the server, and what codex leaves in the system's temporary folder.
    private func end() async {
        if let identity { _ = await identity.terminate(grace: .seconds(1)) }
        for stray in ProcessIdentity.strays(token: launcher.token) { stray.killNow() }
        Self.remove(socketFile: socketFile.withLock { $0 })
    }

    /// The file in the system's temporary folder that codex makes its socket a link to.
    static func socketFile(_ socket: String) -> String? {
        guard let pointer = realpath(socket, nil) else { return nil }
        defer { free(pointer) }
        return String(cString: pointer)
    }

    /// Removes it, with its lock, which codex leaves behind.
    static func remove(socketFile: String?) {
        guard let socketFile, socketFile.contains("/codex-daemon-") else { return }
        unlink(socketFile)
        unlink(socketFile + ".lock")
    }
}
