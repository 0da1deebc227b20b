import Testing

@testable import Workspaces

@Suite(.timeLimit(.minutes(2)))
struct InspectTests {
    @Test
    func `it shows the commits since the base and what is uncommitted`() async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        try await fixture.commit("a.txt", "1\n2\n", in: made.path, message: "Add a\n\nwith a body")
        let head = try await fixture.commit("src/main.txt", "one\ntwo\n", in: made.path, message: "Change main")
        try write(made.path + "/README.md", "changed\n")
        try write(made.path + "/new file", "x")
        let abbreviated = try await fixture.git("log", "--format=%h", "--abbrev=10", "-2", in: made.path).split(
            separator: "\n"
        )
        let summary = try await fixture.repository().inspect(path: made.path, baseCommit: made.baseCommit)
        #expect(
            summary.text == """
                Branch: ai/iss-1-a-title
                HEAD: \(head)
                Commits since the base: 2
                  \(abbreviated[0]) Change main
                  \(abbreviated[1]) Add a
                Uncommitted files: 2
                   M README.md
                  ?? new file
                Changes since the base:
                 a.txt        | 2 ++
                 src/main.txt | 1 +
                 2 files changed, 3 insertions(+)
                """
        )
        #expect(summary.commitsAhead == 2)
        let guessed = try await fixture.repository().inspect(path: made.path)
        #expect(guessed == summary)
    }

    @Test
    func `I7: lists are bounded, and say how much there is`() async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        for number in 0..<130 { try write("\(made.path)/file-\(number)", "x") }
        for number in 0..<25 {
            try await fixture.git("commit", "--quiet", "--allow-empty", "-m", "commit \(number)", in: made.path)
        }
        let summary = try await fixture.repository().inspect(path: made.path, baseCommit: made.baseCommit)
        #expect(summary.uncommitted.count == 100)
        #expect(summary.uncommittedCount == 130)
        #expect(summary.lastCommits.count == 20)
        #expect(summary.commitsAhead == 25)
        #expect(summary.text.contains("… 30 more"))
        #expect(summary.text.contains("… 5 more"))
    }

    @Test
    func `control characters of an agent's making are shown, not passed on`() async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        try await fixture.commit("a\u{1B}[31m", "x", in: made.path, message: "red \u{1B}[31m subject")
        try write(made.path + "/line\nend", "x")
        let summary = try await fixture.repository().inspect(path: made.path, baseCommit: made.baseCommit)
        #expect(!summary.text.contains("\u{1B}"))
        #expect(summary.uncommitted == ["?? line end"])
    }

    @Test
    func `a worktree without changes says so`() async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        let summary = try await fixture.repository().inspect(path: made.path, baseCommit: made.baseCommit)
        #expect(
            summary.text == """
                Branch: ai/iss-1-a-title
                HEAD: \(made.head)
                Commits since the base: 0
                Uncommitted files: 0
                """
        )
    }
}
