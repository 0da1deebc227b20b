import CLinux

#if canImport(Glibc)
import Glibc
#endif

/// Starts `codex app-server`.
///
/// With a socket it is detached: in a session and process group of its own, with its own log, so that it outlives the hub however that ends (a
/// supervisor that kills by control group, as systemd's default `KillMode`, ends it all the same). Without one it is a child that talks over pipes.
package struct AppServerLauncher: Sendable, Hashable {
    /// The codex program, an absolute path.
    package var codex: String
    /// The socket to listen on; nil for standard input and output.
    package var socket: String?
    /// What it can be recognised by, also before its pid was written down.
    package var token: String
    /// Where its standard error goes.
    package var logPath: String
    /// Where it runs; relative paths that clients name are resolved here.
    package var folder: String
    /// Its whole environment, from `ServerEnvironment.make`.
    package var environment: [String: String]
    /// Further arguments for `app-server`.
    package var arguments: [String]

    /// A launcher.
    package init(
        codex: String,
        socket: String?,
        token: String,
        logPath: String,
        folder: String,
        environment: [String: String],
        arguments: [String] = []
    ) {
        self.codex = codex
        self.socket = socket
        self.token = token
        self.logPath = logPath
        self.folder = folder
        self.environment = environment
        self.arguments = arguments
    }

    /// Starts the detached server.
    ///
    /// Returns as soon as the program runs; it listens some 0.1 s later (`untilListening`).
    ///
    /// - Throws: `AppServerError`: `launch`, `files`.
    package func launch() throws(AppServerError) -> ProcessIdentity {
        guard let socket else { throw AppServerError(.launch, "a detached app-server needs a socket") }
        let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
        defer { close(null) }
        let log = try AppServerLog.open(logPath)
        defer { close(log) }
        let spawn = Spawn(
            executable: codex,
            arguments: ["app-server"] + arguments + ["--listen", "unix://\(socket)"],
            environment: marked,
            folder: folder,
            isDetached: true
        )
        let pid = try spawn.run(input: null, output: log, error: log)
        guard let identity = ProcessIdentity.of(pid: Int64(pid)) else {
            throw AppServerError(.launch, "\(codex) ended at once; its last words are in \(logPath)")
        }
        return identity
    }

    /// Waits until the socket takes connections.
    ///
    /// - Throws: `AppServerError`: `launch` when the server ends before, with its last words; `timeout`.
    package func untilListening(_ identity: ProcessIdentity, limit: Duration = .seconds(20))
        async throws(AppServerError)
    {
        guard let socket else { return }
        let clock = SuspendingClock()
        let deadline = clock.now.advanced(by: limit)
        while !Self.accepts(socket) || !identity.isAlive {
            guard identity.isAlive else {
                throw AppServerError(.launch, "the app-server ended at its start: \(AppServerLog.lastWords(logPath))")
            }
            guard clock.now < deadline else {
                throw AppServerError(
                    .timeout,
                    "the app-server does not listen on \(socket) after \(limit): \(AppServerLog.lastWords(logPath))"
                )
            }
            do { try await Task.sleep(for: .milliseconds(10), clock: clock) } catch {
                throw AppServerError(.cancelled, "waiting for the app-server was given up")
            }
        }
    }

    /// A child that talks over pipes.
    struct Child {
        var pid: pid_t
        /// Our end of its standard input.
        var input: Int32
        /// Our end of its standard output.
        var output: Int32
    }

    func spawnChild() throws(AppServerError) -> Child {
        let log = try AppServerLog.open(logPath)
        defer { close(log) }
        let (inputRead, inputWrite) = try Self.pipe()
        defer { close(inputRead) }
        let (outputRead, outputWrite) = try Self.pipe()
        defer { close(outputWrite) }
        let spawn = Spawn(
            executable: codex,
            arguments: ["app-server"] + arguments,
            environment: marked,
            folder: folder,
            isDetached: true
        )
        do throws(AppServerError) {
            let pid = try spawn.run(input: inputRead, output: outputWrite, error: log)
            return Child(pid: pid, input: inputWrite, output: outputRead)
        } catch {
            close(inputWrite)
            close(outputRead)
            throw error
        }
    }

    private var marked: [String: String] {
        environment.merging([ServerEnvironment.tokenName: token, ServerEnvironment.markName: token]) { _, new in new }
    }

    private static func pipe() throws(AppServerError) -> (read: Int32, write: Int32) {
        var ends: [Int32] = [-1, -1]
        guard pipe2(&ends, O_CLOEXEC) == 0 else {
            throw AppServerError(.launch, "can't make a pipe: \(String(cString: strerror(errno)))")
        }
        return (ends[0], ends[1])
    }

    /// Whether someone takes connections at `path`.
    static func accepts(_ path: String) -> Bool {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return false }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
    }
}
