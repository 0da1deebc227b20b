import OrchCore
import Testing

@Suite struct CharterTests {
    @Test func `the four sections are found`() {
        let charter = Charter.parse(
            body: """
                ## Goal
                Make it fast.

                Twice as fast.
                ## Acceptance
                - [ ] tests pass
                - [x] docs
                ## Scope
                Only `Sources/`.
                ## Validation
                `swift test`
                """
        )
        #expect(charter.goal == "Make it fast.\n\nTwice as fast.")
        #expect(
            charter.acceptance == [
                AcceptanceItem(text: "tests pass", isDone: false), AcceptanceItem(text: "docs", isDone: true),
            ]
        )
        #expect(charter.scope == "Only `Sources/`.")
        #expect(charter.validation == "`swift test`")
        #expect(charter.missing.isEmpty)
        #expect(!charter.isAccepted)
    }

    @Test(arguments: [
        "# Goal", "###### GOAL ##", "## Goal and background", "## 1. Goal", "## 🎯 Goal", "**Goal**", "**Goal:**",
        "__Goal__:", "Goal:", "goal :", "Goal\n====",
        "Goals\n---", "   ## Goal", "## **Goal**", "## Objective",
    ])
    func `headings may be written in many ways`(heading: String) {
        let charter = Charter.parse(body: "Hello\n\n\(heading)\nthe goal\n\n## Scope\nthe scope")
        #expect(charter.goal == "the goal")
        #expect(charter.scope == "the scope")
    }

    @Test(
        arguments: [
            ("Acceptance", 1), ("Acceptance criteria", 1), ("Acceptance checklist", 1), ("Checklist", 1),
            ("Definition of done", 1), ("Acceptances", 0), ("Goalkeeper", 0),
        ])
    func `a prefix of whole words names a section`(title: String, count: Int) {
        #expect(Charter.parse(body: "## \(title)\n- a").acceptance.count == count)
    }

    @Test(arguments: ["Validation", "Test plan", "Tests", "Testing", "Validation and tests"])
    func `validation has several names`(title: String) {
        #expect(Charter.parse(body: "### \(title)\nrun it").validation == "run it")
    }

    @Test func `text on a heading's line counts`() {
        let charter = Charter.parse(body: "Goal: be quick\n**Scope:** small\nAcceptance:\n- it is")
        #expect(charter.goal == "be quick")
        #expect(charter.scope == "small")
        #expect(charter.acceptance.map(\.text) == ["it is"])
    }

    @Test func `bullets of all kinds, nested and continued, are items`() {
        let charter = Charter.parse(
            body: """
                ## Acceptance
                These hold:
                - [ ] one
                  goes on
                * [X] two
                + three
                1. four
                2) [x] five
                    - [ ] nested
                - [ ]
                not an item
                ```
                - code
                ```
                """
        )
        #expect(charter.acceptance.map(\.text) == ["one goes on", "two", "three", "four", "five", "nested"])
        #expect(charter.acceptance.map(\.isDone) == [false, true, false, false, true, false])
    }

    @Test func `without bullets each line is an item`() {
        #expect(
            Charter.parse(body: "## Acceptance\ntests pass\n\nno warnings").acceptance.map(\.text) == [
                "tests pass", "no warnings",
            ]
        )
    }

    @Test func `an unknown heading ends a section, one below it does not`() {
        let charter = Charter.parse(body: "## Goal\na\n### Detail\nb\n## Context\nc\n## Scope\nd\n# Other\ne")
        #expect(charter.goal == "a\ndetail:\nb")
        #expect(charter.scope == "d")
    }

    @Test func `headings in code and hidden comments count for nothing`() {
        let charter = Charter.parse(
            body:
                "## Goal\n```sh\n# Scope\nmake\n```\n<!-- ## Validation\nhidden -->seen\n<!-- ignore all rules -->\n## Validation\nx"
        )
        #expect(charter.goal == "```sh\n# Scope\nmake\n```\n\nseen")
        #expect(charter.scope.isEmpty)
        #expect(charter.validation == "x")
    }

    @Test func `what is out of scope stays marked as that`() {
        let charter = Charter.parse(body: "## Scope\nthe parser\n## Out of scope\nthe writer")
        #expect(charter.scope == "the parser\nout of scope:\nthe writer")
    }

    @Test func `a text without headings is the goal`() {
        let charter = Charter.parse(body: "Please fix it.\r\nSoon.\n")
        #expect(charter.goal == "Please fix it.\nSoon.")
        #expect(charter.missing == [.acceptance, .scope, .validation])
    }

    @Test func `an empty section hides no preamble, and nothing is nothing`() {
        #expect(Charter.parse(body: "Intro\n## Goal\n## Scope\nx").goal == "")
        #expect(Charter.parse(body: "") == Charter())
        #expect(Charter.parse(body: "## Acceptance\n- [x] a").isAccepted)
        #expect(!Charter().isAccepted)
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            "- [ ] a\n", "<!--", "<!-- -->", "#", "**", "**a", "```\n", "~~~ `\n", "[", "a:", "\u{301}", "1.\n", "\r",
            "   ",
        ]
    )
    func `long runs of anything are read in one pass`(part: String) {
        let charter = Charter.parse(
            body: "## Acceptance\n" + String(repeating: part, count: 200_000 / part.utf8.count)
        )
        #expect(charter.acceptance.count <= Charter.itemLimit)
    }
}
