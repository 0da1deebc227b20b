import OrchCore
import Testing

@testable import GitHub

struct GitHubTextTests {
    private let marker = CommentMarker(kind: "report", ["turn": "t-1"])

    private func report(_ text: String, heading: String = "**ada**, turn 3") -> String {
        GitHubText.report(text, marker: marker, heading: heading, artifact: "abcdef0123456789", redaction: Redaction())
    }

    @Test func `what fits is not cut`() {
        let text = String(repeating: "\u{1F600}", count: 60_000)
        #expect(GitHubText.cut(text, artifact: "abc") == text)
        #expect(GitHubText.cut("", to: 10, artifact: nil) == "")
    }

    @Test func `what does not fit is cut by scalars at a line, with a note that names the artifact`() {
        let text = String(repeating: "a line of text \u{1F600}\n", count: 10_000)
        let cut = GitHubText.cut(text, artifact: "abcdef0123456789")
        #expect(cut.unicodeScalars.count <= 60_000)
        #expect(cut.unicodeScalars.count > 59_000)
        #expect(
            cut.hasSuffix(
                "_Cut here: the text has 170000 characters; all of it is artifact `abcdef0123456789` (`orch artifact cat abcdef012345`)._"
            )
        )
        #expect(cut.contains("\u{1F600}\n\n_Cut here"))
        let line = GitHubText.cut(String(repeating: "x", count: 70_000), artifact: nil)
        #expect(line.unicodeScalars.count <= 60_000)
        #expect(line.unicodeScalars.count > 59_000)
    }

    @Test func `a cut in a code block closes it before the note`() {
        let cut = GitHubText.cut("````\n" + String(repeating: "code\n", count: 20_000), artifact: nil)
        #expect(cut.contains("code\n````\n\n_Cut here"))
        let absurd = GitHubText.cut(
            String(repeating: "`", count: 40_000) + "\n" + String(repeating: "x\n", count: 20_000),
            artifact: nil
        )
        #expect(absurd.unicodeScalars.count <= 60_000)
        #expect(absurd.contains("_Cut here"))
    }

    @Test func `one character of a million scalars is cut too`() {
        let text = "a" + String(repeating: "\u{301}", count: 1_000_000)
        #expect(GitHubText.cut(text, artifact: "abc").unicodeScalars.count <= 60_000)
        for limit in [0, 1, 50, 200] {
            #expect(GitHubText.cut(text, to: limit, artifact: "abc").unicodeScalars.count <= limit)
        }
    }

    @Test func `a short report is shown whole`() {
        #expect(
            report("All done.\n\nStatus: done")
                == "<!-- orch:report turn=t-1 -->\n**ada**, turn 3\n\nAll done.\n\nStatus: done"
        )
    }

    @Test func `a long report is folded under its first sentence`() {
        let text = "### Summary\nThe parser is fast now.\n\n" + String(repeating: "- a change\n", count: 100)
        let body = report(text)
        #expect(
            body.hasPrefix(
                "<!-- orch:report turn=t-1 -->\n**ada**, turn 3\n\nThe parser is fast now.\n\n<details><summary>The whole report</summary>\n\n### Summary\n"
            )
        )
        #expect(body.hasSuffix("\n\n</details>\n"))
        #expect(CommentMarker(of: body) == marker)
    }

    @Test func `a report of a megabyte is one comment`() {
        let body = report(String(repeating: "word @someone fixes #1 ", count: 50_000))
        #expect(body.unicodeScalars.count <= 60_000)
        #expect(body.contains("artifact `abcdef0123456789`"))
        #expect(body.hasSuffix("</details>\n"))
        #expect(!body.contains("@someone"))
    }

    @Test func `control blocks, secrets, mentions and closers don't get out`() {
        let text = """
            Thanks @boss, this fixes #7. The key is ghp_0123456789abcdefghijklmnopqrstuvwxyz.
            ```control
            {"spawn": {"name": "x"}}
            ```
            """
        let body = report(text, heading: "by @ada")
        #expect(!body.contains("@boss") && !body.contains("@ada") && !body.contains("fixes #7"))
        #expect(!body.contains("ghp_") && body.contains("[redacted:github-token]"))
        #expect(!body.contains("spawn"))
    }

    @Test func `a report can't break out of its fold`() {
        let stray = report("</details>\n\n" + String(repeating: "x\n", count: 50))
        #expect(stray.ranges(of: "</details>").count == 1)
        let loud = report("</DETAILS>\n\n" + String(repeating: "x\n", count: 50))
        #expect(loud.contains("&lt;/DETAILS>") && !loud.contains("</DETAILS>"))
        let own = report("<details>\n\ny\n\n</details>\n\n" + String(repeating: "x\n", count: 50))
        #expect(own.ranges(of: "</details>").count == 2)
        let open = report(String(repeating: "x\n", count: 50) + "```\ncode")
        #expect(open.hasSuffix("```\ncode\n```\n\n</details>\n"))
    }

    @Test func `a title is one short line`() {
        #expect(GitHubText.title("Fix\n@a's bug") == "Fix @\u{200B}a's bug")
        #expect(GitHubText.title(String(repeating: "x", count: 999)).unicodeScalars.count == 250)
    }
}
