import GitHubServer
import Testing

/// A repository that is run from GitHub alone, with the real codex and git.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct GitHubFlowTests {
    @Test func `Eight issues end as their people wish, and GitHub shows each thing once`() async throws {
        try await withGitHub(EightIssues()) { place in
            try await EightIssues.file(place)
            try place.startDaemon()
            try await GitHubEnding.play(place)
            try await GitHubEnding.check(place)
            #expect(try await place.stage.stopDaemon() == 0)
        }
    }
}
