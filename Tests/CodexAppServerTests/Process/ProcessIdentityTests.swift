import Glibc
import OrchTestSupport
import Testing

@testable import CodexAppServer

@Suite(.timeLimit(.minutes(1)))
struct ProcessIdentityTests {
    /// Runs a script while `body` does.
    ///
    /// Not with Foundation's `Process`: what that starts has the signals blocked that the calling thread has, SIGTERM among them.
    private func withChild(
        _ script: String,
        environment: [String: String] = [:],
        _ body: (ProcessIdentity) async throws -> Void
    ) async throws {
        let spawn = Spawn(
            executable: "/bin/sh",
            arguments: ["-c", script],
            environment: ["PATH": "/usr/bin:/bin"].merging(environment) { $1 },
            folder: "/",
            isDetached: true
        )
        let null = open("/dev/null", O_RDWR | O_CLOEXEC)
        defer { close(null) }
        let identity = try #require(
            ProcessIdentity.of(pid: Int64(try spawn.run(input: null, output: null, error: null)))
        )
        defer {
            if identity.isAlive {
                kill(pid_t(identity.pid), SIGKILL)
                waitpid(pid_t(identity.pid), nil, 0)
            }
        }
        try await body(identity)
    }

    @Test func `a process is known by more than its pid`() async throws {
        let own = try #require(ProcessIdentity.of(pid: Int64(getpid())))
        #expect(own.isAlive)
        #expect(!ProcessIdentity(pid: own.pid, startTime: own.startTime + 1, bootID: own.bootID).isAlive)
        #expect(!ProcessIdentity(pid: own.pid, startTime: own.startTime, bootID: "another start").isAlive)
        #expect(ProcessIdentity.of(pid: 1 << 30) == nil)
    }

    @Test func `I12: a process that is not proven ours is not ended`() async throws {
        try await withChild("exec sleep 600") { identity in
            let other = ProcessIdentity(pid: identity.pid, startTime: identity.startTime - 1, bootID: identity.bootID)
            #expect(await other.terminate(token: "none", grace: .milliseconds(1)) == .notOurs)
            let before = ProcessIdentity(pid: identity.pid, startTime: identity.startTime, bootID: "before")
            #expect(await before.terminate(grace: .milliseconds(1)) == .wasGone)
            #expect(identity.isAlive)
        }
    }

    @Test func `the token proves a process whose start was not written down`() async throws {
        try await withChild(
            "exec sleep 600",
            environment: [ServerEnvironment.tokenName: "tok"]
        ) { identity in
            // Between fork and exec the environment is still the parent's.
            while !identity.carries("tok") { await Task.yield() }
            let other = ProcessIdentity(pid: identity.pid, startTime: 0, bootID: identity.bootID)
            #expect(await other.terminate(token: "another", grace: .milliseconds(1)) == .notOurs)
            #expect(await other.terminate(token: "tok", grace: .seconds(20)) == .ended(signals: 1))
            #expect(!identity.isAlive)
        }
    }

    @Test func `one that ignores SIGTERM is killed in the end`() async throws {
        let directory = try TemporaryDirectory()
        try await withChild("trap '' TERM; touch \(directory.file("ready")); exec sleep 600") { identity in
            while access(directory.file("ready"), F_OK) != 0 { await Task.yield() }
            #expect(await identity.terminate(grace: .milliseconds(50)) == .ended(signals: 3))
            #expect(await identity.terminate() == .wasGone)
        }
    }

    @Test func `a process that ended but was not collected is dead`() async throws {
        var pid: pid_t = 0
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("/bin/true"), nil]
        defer { free(arguments[0]) }
        try #require(posix_spawn(&pid, "/bin/true", nil, nil, &arguments, environ) == 0)
        let identity = try #require(ProcessIdentity.of(pid: Int64(pid)))
        while identity.isAlive { await Task.yield() }
        // It was collected, being our child: nothing is left of it.
        #expect(waitpid(pid, nil, WNOHANG) == -1)
        #expect(ProcessIdentity.of(pid: Int64(pid)) == nil)
    }

    @Test func `commands that a server left behind are found by its mark`() async throws {
        try await withChild("exec sleep 600", environment: [ServerEnvironment.markName: "mark-1"]) { identity in
            while ProcessIdentity.strays(token: "mark-1") != [identity] { await Task.yield() }
            #expect(ProcessIdentity.strays(token: "mark-2").isEmpty)
            #expect(ProcessIdentity.find(token: "mark-1") == nil)
        }
    }
}

extension ProcessIdentity {
    fileprivate func carries(_ token: String) -> Bool {
        ProcessIdentity(pid: pid, startTime: 0, bootID: bootID).isProven(token: token)
    }
}
