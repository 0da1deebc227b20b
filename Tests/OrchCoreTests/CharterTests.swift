import OrchCore
import Testing

struct CharterTests {
    @Test func `Headings are found in any of their variants, checkboxes ticked or not`() {
        let charter = Charter.parse(
            body: """
                ## Goal and background
                Make it greet.

                ### Acceptance criteria
                - [x] it says hello
                * [ ] it says goodbye

                # Scope notes
                Only `greet.sh`.

                ## Test plan
                sh check.sh
                """
        )
        #expect(charter.goal == "Make it greet.")
        #expect(
            charter.acceptance == [
                AcceptanceItem(text: "it says hello", isDone: true),
                AcceptanceItem(text: "it says goodbye", isDone: false),
            ]
        )
        #expect(!charter.isAccepted)
        #expect(charter.scope == "Only `greet.sh`.")
        #expect(charter.validation == "sh check.sh")
    }

    @Test func `Blockers come from lines and from labels, each once`() {
        let found = BlockerLines.parse(
            body: "Text\nBlocked by: #3, #4\n\nblocked by #3",
            labels: ["blocked-by:#7", "bug"]
        )
        #expect(Set(found.map(\.number)) == [3, 4, 7])
        #expect(found.count == 3)
    }

    @Test func `A cycle of blockers is told of, and who only waits for it is not in it`() {
        let edges: [(issue: Int, blocker: Int)] = [(1, 2), (2, 3), (3, 1), (4, 1), (5, 6)]
        let cycles = BlockerGraph.cycles(edges: edges)
        #expect(Set(cycles.keys) == [1, 2, 3])
    }

    @Test func `Labels carry check-in, budget and priority, and say what is wrong with them`() {
        let labels = SLALabels.parse(["checkin:10m", "budget:45m", "priority:P0"])
        #expect(labels.checkinMs == 600_000)
        #expect(labels.budgetMs == 2_700_000)
        #expect(labels.errors.isEmpty)
        #expect(SLALabels.parse(["budget:soon"]).errors.count == 1)
        #expect(PriorityLabel.parse(["priority:P0"]) == 0)
        #expect(PriorityLabel.parse([]) == 5)
    }

    @Test(arguments: IssuePhase.allCases.filter { $0 != .none })
    func `A phase shows as its one label`(phase: IssuePhase) throws {
        let labels = IssueLabels()
        let shown = labels.labels(showing: phase, on: ["orchestrate", "agent:queued", "bug"])
        #expect(shown.contains("bug"))
        #expect(labels.phase(of: shown) == phase)
        #expect(shown.filter { $0.hasPrefix("agent:") }.count == 1)
    }
}

struct TextTests {
    @Test(arguments: [("90s", 90_000), ("10m", 600_000), ("2h", 7_200_000), ("1d", 86_400_000)] as [(String, Int64)])
    func `Durations are read`(text: String, ms: Int64) throws {
        #expect(try DurationText.parse(text) == ms)
    }

    @Test(arguments: ["", "10", "m", "-5m", "1.5h", "5 minutes", "99999999999999999999d", "1h\n"])
    func `What is no duration is refused, with a reason`(text: String) {
        do {
            let ms = try DurationText.parse(text)
            Issue.record("\(text) was read as \(ms) ms")
        } catch {
            #expect(!error.message.isEmpty)
        }
    }

    @Test(arguments: [("Fix Tests!", "fix_tests_"), ("iss-12", "iss-12"), ("  A  b ", "a_b")])
    func `Agent names are normalised`(text: String, name: String) throws {
        #expect(try AgentName.normalise(text) == name)
    }

    @Test func `A branch's name is safe for git, whatever the title`() {
        #expect(
            BranchName.make(prefix: "ai/", issue: 7, title: "Add a greeting: module ~^..")
                == "ai/iss-7-add-a-greeting-module"
        )
        #expect(BranchName.make(prefix: "ai/", issue: 7, title: "🦄") == "ai/iss-7")
        #expect(BranchName.make(prefix: "ai/", issue: 7, title: String(repeating: "long ", count: 99)).utf8.count < 60)
    }

    @Test func `Escape sequences and invisible characters never reach a terminal`() {
        let text = SafeText.block("a\u{1B}[31mred\u{202E}\u{200B}\u{9B}2J\ttab\nnext\r\u{7F}")
        #expect(
            !text.unicodeScalars.contains { ["\u{1B}", "\u{202E}", "\u{200B}", "\u{9B}", "\r", "\u{7F}"].contains($0) }
        )
        #expect(text.contains("\n"))
        #expect(!SafeText.line("a\nb").contains("\n"))
        #expect(SafeText.line("naïve 👩‍💻 日本") == "naïve 👩‍💻 日本")
    }
}
