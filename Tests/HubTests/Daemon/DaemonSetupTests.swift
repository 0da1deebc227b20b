import CodexAppServer
import Glibc
import OrchStore
import OrchTestSupport
import Settings
import Testing
import Workspaces

import GitHub
@testable import Hub

/// What a daemon checks before anything starts.
@Suite(.timeLimit(.minutes(1)))
struct DaemonSetupTests {
    /// A codex that only tells its version.
    private func options(_ fixture: RepositoryFixture, version: String = "0.163.0") throws -> DaemonOptions {
        let codex = try fixture.directory.program("codex", "#!/bin/sh\necho codex-cli \(version)\n")
        var overrides = SettingsOverrides()
        overrides.codexPath = codex
        var environment = fixture.environment
        environment["XDG_RUNTIME_DIR"] = try fixture.directory.folder("run")
        return DaemonOptions(directory: fixture.root, overrides: overrides, environment: environment)
    }

    @Test func `it finds all that it needs`() async throws {
        let fixture = try await RepositoryFixture()
        let setup = try await DaemonSetup.make(
            try options(fixture),
            transport: NoTransport(),
            logger: HubFixture.logger
        )
        #expect(setup.folder == fixture.folder)
        #expect(setup.reading.baseBranch == "main")
        #expect(setup.program.version == "0.163.0")
        #expect(setup.socket?.hasSuffix(".sock") == true)
        #expect(setup.bell.hasSuffix(".bell"))
        #expect(setup.lastSeq == 0)
    }

    @Test func `I1: a second daemon fails at once, and names the first`() async throws {
        let fixture = try await RepositoryFixture()
        let first = try await DaemonSetup.make(
            try options(fixture),
            transport: NoTransport(),
            logger: HubFixture.logger
        )
        await #expect {
            _ = try await DaemonSetup.make(try options(fixture), transport: NoTransport(), logger: HubFixture.logger)
        } throws: { error in
            "\(error)".contains("process \(getpid()) on \(LockHolder.hostName())")
        }
        withExtendedLifetime(first) {}
    }

    @Test func `a codex that is too old or missing is said`() async throws {
        let fixture = try await RepositoryFixture()
        await #expect {
            _ = try await DaemonSetup.make(
                try options(fixture, version: "0.99.0"),
                transport: NoTransport(),
                logger: HubFixture.logger
            )
        } throws: { error in
            (error as? AppServerError)?.code == .codexMissing && "\(error)".contains("too old")
        }
        var missing = try options(fixture)
        missing.overrides.codexPath = "/no/codex"
        await #expect(throws: AppServerError.self) {
            _ = try await DaemonSetup.make(missing, transport: NoTransport(), logger: HubFixture.logger)
        }
    }

    @Test func `wrong settings, the repository's or codex's, are said before anything starts`() async throws {
        let wrong = try await RepositoryFixture(workflow: "---\norch:\n  wip: many\n---\nDo it.\n")
        await #expect(throws: SettingsError.self) {
            _ = try await DaemonSetup.make(try options(wrong), transport: NoTransport(), logger: HubFixture.logger)
        }
        let fixture = try await RepositoryFixture()
        try fixture.directory.write("home/.codex/config.toml", "x = [")
        await #expect {
            _ = try await DaemonSetup.make(try options(fixture), transport: NoTransport(), logger: HubFixture.logger)
        } throws: { error in
            (error as? AppServerError)?.code == .configuration
        }
    }

    @Test func `a folder that is no repository is said`() async throws {
        let directory = try TemporaryDirectory()
        await #expect {
            _ = try await DaemonSetup.make(
                DaemonOptions(directory: directory.path, environment: ["PATH": "/usr/bin:/bin"]),
                transport: NoTransport(),
                logger: HubFixture.logger
            )
        } throws: { error in
            (error as? WorkspaceError)?.code == .notARepository
        }
    }
}

/// A way to GitHub that nothing may go.
private struct NoTransport: HTTPTransport {
    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        throw TransportError(.notSent, .noConnection, "there is no network in this test")
    }
}
