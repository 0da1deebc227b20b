import OrchCore
import Testing

@Suite struct BranchNameTests {
    @Test(
        arguments: [
            ("Fix the parser", "fix-the-parser"), ("  Fix: (the) parser!  ", "fix-the-parser"),
            ("don't panic", "dont-panic"), ("", ""), ("日本語", ""),
            ("..//~^:?*[\\", ""), ("a@{b}.lock", "a-b-lock"), ("HEAD", "head"),
            ("Make the very long title of this issue fit into forty", "make-the-very-long-title-of-this-issue"),
            (String(repeating: "x", count: 99), String(repeating: "x", count: 40)),
            ("exactly-forty-characters-are-in-this-slug", "exactly-forty-characters-are-in-this"),
        ])
    func `a title becomes a slug`(title: String, slug: String) {
        #expect(BranchName.slug(title) == slug)
        #expect(BranchName.slug(slug) == slug)
    }

    @Test func `a branch has prefix, issue and slug, and no slug where there is none`() {
        #expect(BranchName.make(prefix: "ai/", issue: 12, title: "Fix it") == "ai/iss-12-fix-it")
        #expect(BranchName.make(prefix: "ai/", issue: 12, title: "修正") == "ai/iss-12")
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `git takes every slug`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let slug = BranchName.slug(random.text(upTo: 120))
        #expect(slug.utf8.count <= 40)
        #expect(slug.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789-".utf8.contains($0) })
        #expect(!slug.hasPrefix("-") && !slug.hasSuffix("-") && !slug.contains("--"))
    }
}
