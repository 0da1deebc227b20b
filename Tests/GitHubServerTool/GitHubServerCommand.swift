import ArgumentParser
import FoundationEssentials
import GitHubServer
import Logging
import OrchCore
import ServiceLifecycle
import UnixSignals

/// Runs a GitHub on loopback until it is told to stop.
@main struct GitHubServerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "orch-github-server",
        abstract: "Serve a GitHub on 127.0.0.1, for tests and the demo",
        discussion: """
            Prints one line of JSON with the port when it listens. SIGTERM and SIGINT end it.
            The owner of the repository has the token owner-token; orch, who may write, has orch-token.
            """
    )

    @Option(help: "The repository, as owner/name")
    var repo = "acme/widgets"

    @Option(help: "The bare git repository behind it; without one there are no branches")
    var remote: String?

    @Option(help: "The port; 0 takes a free one")
    var port = 0

    @Option(help: "A file that gets the repository's final state, as JSON")
    var state: String?

    @Option(name: .customLong("user"), help: "Somebody more, as login:role:token; roles are GitHub's, and none")
    var users: [UserArgument] = []

    @Option(help: "The part of the requests that go wrong, from 0 to 1")
    var faultRate = 0.0

    @Option(help: "The seed of what goes wrong")
    var seed: UInt64 = 1

    @Flag(help: "Let clients ask as much as they like")
    var noLimits = false

    func validate() throws {
        guard repo.split(separator: "/").count == 2 else { throw ValidationError("--repo is owner/name, not \(repo)") }
        guard (0...1).contains(faultRate) else {
            throw ValidationError("--fault-rate is from 0 to 1, not \(faultRate)")
        }
    }

    func run() async throws {
        let model = GitHubModel(limits: noLimits ? .none : .github)
        try await model.addRepository(repo, remote: remote)
        let owner = String(repo.split(separator: "/")[0])
        try await model.addToken("owner-token", owner)
        try await model.addUser("orch", token: "orch-token", role: .write)
        for user in users { try await model.addUser(user.login, token: user.token, role: user.role) }
        if faultRate > 0 { await model.randomizeFaults(seed: seed, rate: faultRate) }
        let server = GitHubServer(model, port: port)
        let services = ServiceGroup(
            configuration: .init(
                services: [.init(service: server), .init(service: Announcement(server: server))],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: Logger(label: "github", factory: { _ in SwiftLogNoOpLogHandler() })
            )
        )
        try await services.run()
        guard let state else { return }
        let text = try await model.snapshot(repo).value.canonicalText + "\n"
        try Data(text.utf8).write(to: URL(filePath: state), options: .atomic)
    }
}

/// Somebody who has a token.
struct UserArgument: ExpressibleByArgument {
    var login: String
    var role: Role
    var token: String

    init?(argument: String) {
        let parts = argument.split(separator: ":", maxSplits: 2).map(String.init)
        guard parts.count == 3, let role = Role(name: parts[1]) else { return nil }
        (login, self.role, token) = (parts[0], role, parts[2])
    }
}

/// Says where the server listens, once it does.
private struct Announcement: Service {
    let server: GitHubServer

    func run() async throws {
        let port = try await server.listeningPort
        let line: JSONValue = ["port": .integer(Int64(port)), "url": .string("http://127.0.0.1:\(port)")]
        try FileHandleOutput.write(line.canonicalText + "\n")
        try await gracefulShutdown()
    }
}
