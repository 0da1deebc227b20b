import OrchTestSupport
import Synchronization
import Testing

@testable import GitHub

struct DefaultTokenSourceTests {
    /// A source whose `gh` gives these tokens, one after the other; the count of questions.
    private func source(
        _ environment: [String: String] = [:],
        gh answers: [String] = [],
        host: String? = nil
    ) throws -> (DefaultTokenSource, Asked) {
        let endpoint = try GitHubEndpoint.resolve(flag: nil, environment: host.map { ["GH_HOST": $0] } ?? [:])
        let asked = Asked(answers)
        let source = DefaultTokenSource(endpoint: endpoint, environment: environment) {
            (host) async throws(GitHubError) in
            try asked.next(host)
        }
        return (source, asked)
    }

    @Test func `the environment goes before gh`() async throws {
        let (source, asked) = try source(["GITHUB_TOKEN": " one\n", "GH_TOKEN": "two"], gh: ["three"])
        #expect(try await source.token(insteadOf: nil) == "one")
        #expect(asked.hosts == [])
        let (second, _) = try self.source(["GITHUB_TOKEN": "", "GH_TOKEN": "two"])
        #expect(try await second.token(insteadOf: nil) == "two")
    }

    @Test func `a refused token of the environment is the end, and is not in the message`() async throws {
        let (source, asked) = try source(["GH_TOKEN": "ghp_secret"], gh: ["other"])
        let error = await failure { () throws(GitHubError) in try await source.token(insteadOf: "ghp_secret") }
        #expect(error?.code == .unauthorized)
        #expect(error?.message.contains("GH_TOKEN") == true)
        #expect(error?.message.contains("ghp_secret") == false)
        #expect(asked.hosts == [])
    }

    @Test func `gh is asked once, and again after a refusal`() async throws {
        let (source, asked) = try source(gh: ["first", "second"])
        #expect(try await source.token(insteadOf: nil) == "first")
        #expect(try await source.token(insteadOf: nil) == "first")
        #expect(try await source.token(insteadOf: "first") == "second")
        // Somebody whose question was on its way with the first token does not make gh be asked once more.
        #expect(try await source.token(insteadOf: "first") == "second")
        #expect(asked.hosts == ["github.com", "github.com"])
    }

    @Test func `gh having nothing but the refused token is an error with advice`() async throws {
        let (source, _) = try source(gh: ["first", "first"])
        _ = try await source.token(insteadOf: nil)
        let error = await failure { () throws(GitHubError) in try await source.token(insteadOf: "first") }
        #expect(error?.code == .unauthorized)
        #expect(error?.message.contains("gh auth login") == true)
    }

    @Test func `without any token the error says what to set`() async throws {
        let (source, _) = try source()
        let error = await failure { () throws(GitHubError) in try await source.token(insteadOf: nil) }
        #expect(error?.code == .unauthorized)
        #expect(error?.message.contains("GITHUB_TOKEN") == true)
        #expect(error?.message.contains("gh auth login --hostname github.com") == true)
    }

    @Test func `the token of github.com does not go to an enterprise server`() async throws {
        let (source, asked) = try source(["GITHUB_TOKEN": "dotcom"], gh: ["corp"], host: "ghe.corp")
        #expect(try await source.token(insteadOf: nil) == "corp")
        #expect(asked.hosts == ["ghe.corp"])
        let (second, _) = try self.source(["GITHUB_TOKEN": "x", "GH_ENTERPRISE_TOKEN": "corp"], host: "ghe.corp")
        #expect(try await second.token(insteadOf: nil) == "corp")
    }

    @Test func `a URL that was named gets the usual token`() async throws {
        let endpoint = try GitHubEndpoint.resolve(flag: "http://127.0.0.1:1", environment: [:])
        let source = DefaultTokenSource(endpoint: endpoint, environment: ["GITHUB_TOKEN": "mine", "PATH": "/nowhere"])
        #expect(try await source.token(insteadOf: nil) == "mine")
    }

    @Test func `a token that can't stand in a header is refused`() async throws {
        let (source, _) = try source(["GITHUB_TOKEN": "a\r\nx-evil: 1"])
        let error = await failure { () throws(GitHubError) in try await source.token(insteadOf: nil) }
        #expect(error?.code == .unauthorized)
        #expect(error?.message.contains("x-evil") == false)
    }

    @Test func `the real call of gh gets no token variables and asks for the host`() async throws {
        let folder = try TemporaryDirectory()
        let log = folder.file("log")
        try folder.program(
            "gh",
            """
            #!/bin/sh
            echo "$@ ${GH_TOKEN:-none} ${GITHUB_TOKEN:-none} $GH_PROMPT_DISABLED" > '\(log)'
            echo gho_fromgh
            """
        )
        let endpoint = try GitHubEndpoint.resolve(flag: nil, environment: ["GH_HOST": "ghe.corp"])
        let source = DefaultTokenSource(
            endpoint: endpoint,
            environment: ["PATH": "\(folder.path):/usr/bin:/bin", "GITHUB_TOKEN": "dotcom"]
        )
        #expect(try await source.token(insteadOf: nil) == "gho_fromgh")
        #expect(try folder.read("log") == "auth token --hostname ghe.corp none none 1\n")
    }

    @Test func `a gh that fails says why`() async throws {
        let folder = try TemporaryDirectory()
        try folder.program("gh", "#!/bin/sh\necho 'no oauth token' >&2\nexit 1\n")
        let source = DefaultTokenSource(
            endpoint: try GitHubEndpoint.gitHubCom(),
            environment: ["PATH": "\(folder.path):/usr/bin:/bin"]
        )
        let error = await failure { () throws(GitHubError) in try await source.token(insteadOf: nil) }
        #expect(error?.code == .unauthorized)
        #expect(error?.message.contains("no oauth token") == true)
    }
}

/// Tokens of a gh that there is not.
private final class Asked: Sendable {
    private let state: Mutex<(answers: [String], hosts: [String])>

    init(_ answers: [String]) { state = Mutex((answers, [])) }

    var hosts: [String] { state.withLock { $0.hosts } }

    func next(_ host: String) throws(GitHubError) -> String {
        let answer: String? = state.withLock {
            $0.hosts.append(host)
            return $0.answers.isEmpty ? nil : $0.answers.removeFirst()
        }
        guard let answer else { throw GitHubError(.unauthorized, "gh has no token for \(host)") }
        return answer
    }
}
