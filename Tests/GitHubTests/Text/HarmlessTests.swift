import Testing

@testable import GitHub

struct HarmlessTests {
    /// The text with each zero-width space shown as `|`.
    private func shown(_ text: String) -> String { GitHubText.harmless(text).replacing("\u{200B}", with: "|") }

    @Test(arguments: [
        ("@octocat hi", "@|octocat hi"), ("thanks (@org/team)!", "thanks (@|org/team)!"), ("_x_@a", "_x_@|a"),
        ("a\n@b", "a\n@|b"),
        ("\\@a", "\\@|a"), ("@<!-- -->a", "@|&lt;!-- -->a"), ("@&#97;", "@|&amp;#97;"), ("&#64;a", "&amp;#64;a"),
        ("&#x40;a", "&amp;#x40;a"), ("&commat;a", "&amp;commat;a"), ("fine &amp; &lt;", "fine &amp; &lt;"),
        ("`@a", "`@|a"),
        ("<b>@a</b>", "<b>@|a</b>"), ("\u{E9}@a", "\u{E9}@|a"), ("@@a", "@|@|a"),
        ("<details>\n```\n@a", "<details>\n```\n@|a"),
        ("@-a", "@|-a"), ("[x](@a)", "[x](@|a)"),
    ])
    func `no reading finds a mention`(text: String, harmless: String) {
        #expect(shown(text) == harmless)
    }

    @Test(arguments: [
        "me@example.com", "a @ b", "ends with @", "```swift\n@MainActor func x()\n```", "run `npm i @scope/pkg` now",
        "https://user@example.com/x",
    ])
    func `what mentions nobody stays, to be copied`(text: String) {
        #expect(GitHubText.harmless(text) == text)
    }

    @Test func `addresses stay whole`() {
        #expect(
            GitHubText.harmless("see https://medium.com/@ann/post, @bob")
                == "see https://medium.com/%40ann/post, @\u{200B}bob"
        )
        #expect(GitHubText.harmless("<HTTP://x/@a>@b") == "<HTTP://x/%40a>@\u{200B}b")
        #expect(GitHubText.harmless("xhttps://a/@b") == "xhttps://a/@\u{200B}b")
    }

    @Test(arguments: [
        ("Fixes #12", "F|ixes #12"), ("closes acme/widgets#3", "c|loses acme/widgets#3"),
        ("RESOLVED: #1", "R|ESOLVED: #1"),
        ("fix https://github.com/acme/widgets/issues/3", "f|ix https://github.com/acme/widgets/issues/3"),
        ("Closed\n#5", "C|losed\n#5"), ("fixes **#5**", "f|ixes **#5**"),
        ("fixes [it](https://x/a/b/pull/5)", "f|ixes [it](https://x/a/b/pull/5)"),
        ("close GH-7", "c|lose GH-7"), ("Duplicate of #4", "D|uplicate of #4"), ("fixes &#35;12", "f|ixes &amp;#35;12"),
        ("_fixes_ #1", "_f|ixes_ #1"), ("resolve <b>#1</b>", "r|esolve <b>#1</b>"),
    ])
    func `nothing closes an issue`(text: String, harmless: String) {
        #expect(shown(text) == harmless)
    }

    @Test(arguments: [
        "Fixes the parser", "prefixes #12", "see #12", "fixture #12", "closing #3", "`fixes #12`", "fixes # 12",
    ])
    func `what closes nothing stays`(text: String) {
        #expect(GitHubText.harmless(text) == text)
    }

    @Test func `hidden text is shown, and control characters go`() {
        #expect(GitHubText.harmless("a<!-- hidden -->b\u{0}\u{7}\r\nc\td") == "a&lt;!-- hidden -->b\nc\td")
    }

    @Test func `twice is once`() {
        let text = "@a fixes #1 &#64; https://x/@b <!-- x --> `@c` duplicate of #2\n```\n@d\n```\n\\@e @@f"
        let once = GitHubText.harmless(text)
        #expect(GitHubText.harmless(once) == once)
    }

    @Test func `every mention of any mixture is broken or in code`() {
        // A small generator: each text is a mixture of pieces that change how Markdown reads what follows.
        let pieces = [
            "@a", "`", "``", "```\n", "\n", "\n\n", "<div>", "<!--", "-->", "> ", "- ", "    ", "x", " ", "|", "$",
            "\\", "http://x/", "~~~\n",
        ]
        var seed: UInt64 = 0x9E37_79B9_7F4A_7C15
        func next(_ count: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % count
        }
        for _ in 0..<2_000 {
            let text = (0..<next(14) + 1).map { _ in pieces[next(pieces.count)] }.joined()
            let harmless = GitHubText.harmless(text)
            #expect(GitHubText.harmless(harmless) == harmless, "seeded text: \(text)")
            let bytes = Array(harmless.utf8)
            let code = CertainCode.ranges(in: bytes)
            for at in bytes.indices where bytes[at...].starts(with: "@a".utf8) {
                let isWord = at > 0 && (bytes[at - 1] | 0x20 >= 0x61 && bytes[at - 1] | 0x20 <= 0x7A)
                #expect(isWord || code.contains { $0.contains(at) }, "seeded text: \(text)")
            }
        }
    }
}
