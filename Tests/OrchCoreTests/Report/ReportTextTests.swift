import OrchCore
import Testing

@Suite struct ReportTextTests {
    private let report = """
        ### Summary
        The parser takes empty files.

        ### Changes
        - `Parser.swift`

        ### Next Actions
        - None

        Status: done
        """

    @Test func `the first line that says something is the summary`() {
        #expect(ReportText.summary(of: report) == "The parser takes empty files.")
        #expect(ReportText.summary(of: "\n\n---\n```\ncode\n```\n- Did it.\n") == "Did it.")
        #expect(ReportText.summary(of: "Status: done\nReally") == "Really")
        #expect(ReportText.summary(of: "# Only a heading\n") == "Only a heading")
        #expect(ReportText.summary(of: "**Summary**\nBold.") == "Bold.")
        #expect(ReportText.summary(of: "日本語です") == "日本語です")
        #expect(ReportText.summary(of: "") == "")
        #expect(ReportText.summary(of: "```\n") == "")
    }

    @Test func `a summary has at most 300 characters`() {
        #expect(ReportText.summary(of: String(repeating: "x", count: 5_000)).unicodeScalars.count == 300)
    }

    @Test(
        arguments: [
            ("Status: done", .done), ("STATUS: DONE.", .done), ("**Status:** done", .done), ("**Status**: done", .done),
            ("- Status: `done`", .done), ("### Status: complete", .done),
            ("_Status: done_", .done), ("Status: continue", .goOn), ("Status: in progress", .goOn),
            ("Status: continue - tests next", .goOn), ("status : done", .done),
            ("Status: blocked no access to #3", .blocked("no access to #3")),
            ("Status: blocked: no key.", .blocked("no key.")), ("Status: blocked — by you", .blocked("by you")),
            ("Status: blocked", .blocked("no reason was given")), ("Status: done|continue|blocked", .unknown),
            ("Status: not done", .unknown), ("Status:", .unknown),
            ("Statuses: done", .unknown), ("The status is done", .unknown), ("```\nStatus: done\n```", .unknown),
            ("", .unknown), ("<!-- Status: done -->", .unknown),
            ("Status: continue\n\nStatus: done", .done), ("Status: done\nStatus: blocked x", .blocked("x")),
            ("Status: done\r\n", .done),
        ] as [(String, ReportStatus)]
    )
    func `the last status line counts`(text: String, status: ReportStatus) {
        #expect(ReportText.status(of: text) == status)
    }

    @Test(
        arguments: [
            ("### Next Actions\nNone", .done), ("### Next Actions\n- none.\n", .done), ("### Next Actions\n\n", .done),
            ("**Next actions:** n/a", .done), ("## Next steps\n* Nothing", .done),
            ("Next Actions: none", .done), ("### Next Actions\n- write tests", .goOn),
            ("### Next Actions\nnone\n### Open\n- x", .done), ("### Next Actions\nNone yet, first tests", .goOn),
            ("### Next Actions\n- write tests\nStatus: done", .done),
            ("### Next Actions\nnone\nStatus: continue", .goOn), ("### Changes\n- x", .unknown),
        ] as [(String, ReportStatus)]
    )
    func `without a status line the next actions count`(text: String, status: ReportStatus) {
        #expect(ReportText.status(of: text) == status)
    }

    @Test func `the convention in the prompt is what is read`() {
        #expect(ReportText.status(of: report) == .done)
        #expect(ReportStatus.blocked("x").word == "blocked")
        #expect(ReportStatus.blocked("x").reason == "x")
        #expect([ReportStatus.done, .goOn, .unknown].map(\.word) == ["done", "continue", "unknown"])
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            "Status: done\n", "#", "* ", "Status: ", "<!--", "### Next Actions\n", "-\n", "\u{301}", "```\n", "**",
        ]
    )
    func `long runs of anything are read in one pass`(part: String) {
        let text = String(repeating: part, count: 200_000 / part.utf8.count)
        _ = ReportText.status(of: text)
        #expect(ReportText.summary(of: text).unicodeScalars.count <= ReportText.summaryLimit)
    }
}
