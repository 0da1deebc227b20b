import OrchTestSupport
import Testing

@testable import Workspaces

/// Git talks to remotes as the user: with the user's ssh, helpers and settings, and asks nobody.
@Suite(.timeLimit(.minutes(2)))
struct RemoteLoginTests {
    /// `aladdin:opensesame` in base 64.
    private let login = "Authorization: Basic YWxhZGRpbjpvcGVuc2VzYW1l"

    /// A server that lets only Aladdin in, and its repository's one branch.
    private func server(_ remote: RemoteFixture) async throws -> (DumbHTTPServer, head: String) {
        let head = try await remote.there("rev-parse", "main")
        let login = login
        let server = try DumbHTTPServer { request in
            guard request.contains(login) else {
                return DumbHTTPServer.Answer(
                    status: "401 Unauthorized",
                    headers: ["WWW-Authenticate: Basic realm=\"cave\""]
                )
            }
            return DumbHTTPServer.Answer(
                status: "200 OK",
                headers: ["Content-Type: text/plain"],
                body: "\(head)\trefs/heads/main\n"
            )
        }
        try await remote.git("remote", "set-url", "origin", "http://127.0.0.1:\(server.port)/widgets.git")
        return (server, head)
    }

    @Test
    func `the user's credential helper is asked`() async throws {
        let remote = try await RemoteFixture()
        let (server, head) = try await server(remote)
        let helper = remote.fixture.folder.file("helper")
        // As `gh auth git-credential` does, it knows its secret from its own folder and environment.
        try writeProgram(
            helper,
            "#!/bin/sh\ntest \"$1\" = get && echo \"username=aladdin\" && echo \"password=$GH_TOKEN\"\nexit 0\n"
        )
        try await remote.fixture.git("config", "--global", "credential.helper", helper)
        let repository = try await remote.repository(adding: ["GH_TOKEN": "opensesame"])
        #expect(try await repository.remoteHead("origin", branch: "main") == head)
        #expect(server.requests.first?.contains(login) == false)
        #expect(server.requests.last?.contains(login) == true)
    }

    @Test
    func `a helper in the settings of XDG_CONFIG_HOME and the user's askpass count too`() async throws {
        let remote = try await RemoteFixture()
        let (server, head) = try await server(remote)
        try remote.fixture.folder.write("xdg/git/config", "[credential]\n\tusername = aladdin\n")
        let askpass = remote.fixture.folder.file("askpass")
        try writeProgram(askpass, "#!/bin/sh\necho opensesame\n")
        let repository = try await remote.repository(adding: [
            "XDG_CONFIG_HOME": remote.fixture.folder.file("xdg"), "GIT_ASKPASS": askpass,
        ])
        #expect(try await repository.remoteHead("origin", branch: "main") == head)
        try await remote.fixture.git("config", "core.askPass", askpass)
        let another = try await remote.repository(adding: ["XDG_CONFIG_HOME": remote.fixture.folder.file("xdg")])
        #expect(try await another.remoteHead("origin", branch: "main") == head)
        withExtendedLifetime(server) {}
    }

    @Test
    func `without a login nobody is asked, and the error says what to try`() async throws {
        let remote = try await RemoteFixture()
        let (server, _) = try await server(remote)
        let trap = remote.fixture.folder.file("window")
        try writeProgram(trap, "#!/bin/sh\ntouch '\(remote.fixture.folder.file("asked"))'\nsleep 300\n")
        let repository = try await remote.repository(adding: ["SSH_ASKPASS": trap, "DISPLAY": ":0"])
        let error = try #require(await refusal { try await repository.remoteHead("origin", branch: "main") })
        #expect(error.code == .noAccess)
        #expect(error.message.contains("terminal prompts disabled"))
        #expect(Files.kind(remote.fixture.folder.file("asked")) == .missing)
        withExtendedLifetime(server) {}
    }

    @Test
    func `ssh runs in batch mode with the user's agent and home`() async throws {
        let remote = try await RemoteFixture()
        let folder = remote.fixture.folder
        try folder.folder("bin")
        try remote.fakeSSH(folder.file("bin/ssh"))
        try await remote.git("remote", "set-url", "origin", "git@example.org:\(remote.bare)")
        let path = "\(folder.file("bin")):\(remote.fixture.environment["PATH"] ?? "")"
        let repository = try await remote.repository(adding: ["PATH": path, "SSH_AUTH_SOCK": "/run/agent.sock"])
        #expect(try await repository.remoteDefaultBranch("origin") == "main")
        let log = try remote.sshLog()
        #expect(log.first?.hasPrefix("ARGUMENTS -o BatchMode=yes ") == true)
        #expect(log.contains("SSH_AUTH_SOCK=/run/agent.sock"))
        #expect(log.contains("HOME=\(folder.file("home"))"))
        #expect(log.contains("GIT_TERMINAL_PROMPT=0"))
        #expect(!log.contains { $0.hasPrefix("ORCH_TEST") })
    }

    @Test
    func `the user's own way to run ssh is kept`() async throws {
        let remote = try await RemoteFixture()
        let own = remote.fixture.folder.file("my-ssh")
        try remote.fakeSSH(own)
        try await remote.git("remote", "set-url", "origin", "git@example.org:\(remote.bare)")
        for added in [["GIT_SSH_COMMAND": own + " -i key"], ["GIT_SSH": own]] {
            let repository = try await remote.repository(adding: added)
            #expect(try await repository.remoteDefaultBranch("origin") == "main")
            #expect(try remote.sshLog().first?.contains("BatchMode") == false)
        }
        try Files.remove(remote.fixture.folder.file("ssh.log"))
        try await remote.git("config", "core.sshCommand", own + " -i key")
        #expect(try await remote.repository().remoteDefaultBranch("origin") == "main")
        #expect(try remote.sshLog().first?.hasPrefix("ARGUMENTS -i key ") == true)
    }

    @Test
    func `I10: what only remotes need is kept from all else that git does`() {
        let outer = [
            "HOME": "/home/u", "PATH": "/bin", "SSH_AUTH_SOCK": "s", "GIT_ASKPASS": "a", "XDG_CONFIG_HOME": "x",
            "GH_TOKEN": "t", "GITHUB_TOKEN": "t", "https_proxy": "p", "GIT_SSL_CAINFO": "c", "GIT_DIR": "/elsewhere",
            "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "a.b", "GIT_CONFIG_VALUE_0": "c", "SSH_ASKPASS": "w",
            "AWS_SECRET_ACCESS_KEY": "z", "GIT_INDEX_FILE": "i", "GIT_TRACE": "1",
        ]
        let remote = ProcessEnvironment.gitRemote(from: outer)
        for name in ["HOME", "SSH_AUTH_SOCK", "GIT_ASKPASS", "XDG_CONFIG_HOME", "GH_TOKEN", "https_proxy"] {
            #expect(remote[name] == outer[name])
        }
        #expect(remote["GIT_CONFIG_VALUE_0"] == "c")
        #expect(remote["GIT_SSL_CAINFO"] == "c")
        #expect(remote["SSH_ASKPASS"] == "false")
        #expect(remote["GIT_TERMINAL_PROMPT"] == "0")
        for name in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_TRACE", "AWS_SECRET_ACCESS_KEY"] { #expect(remote[name] == nil) }
        let local = ProcessEnvironment.git(from: outer)
        let agent = ProcessEnvironment.agent(from: outer)
        for name in ["SSH_AUTH_SOCK", "GH_TOKEN", "GITHUB_TOKEN", "https_proxy", "GIT_CONFIG_COUNT"] {
            #expect(local[name] == nil)
            #expect(agent[name] == nil)
        }
    }
}
