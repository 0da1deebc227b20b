import Testing

@testable import GitHub

struct CertainCodeTests {
    private func code(_ text: String) -> [String] {
        let bytes = Array(text.utf8)
        return CertainCode.ranges(in: bytes).map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    @Test func `fences at the first column`() {
        #expect(code("```\n@a\n```\n@b") == ["@a"])
        #expect(code("text\n```swift\nlet a\n\nlet b\n```` \n@b") == ["let a", "", "let b"])
        #expect(code("~~~ `x`\n@a\n```\n~~~") == ["@a", "```"])
        #expect(code("````\n```\n@a\n````\n") == ["```", "@a"])
        #expect(code("```\n@a\n    ```\n@b") == ["@a", "    ```", "@b"], "four spaces close nothing")
        #expect(code("```\n@a\n   ```\n@b") == ["@a"])
        #expect(code("```\n@a") == ["@a"])
    }

    @Test func `code spans on a line of their own`() {
        #expect(code("see `@a` and `b`") == ["`@a`", "`b`"])
        #expect(code("- `@a` in a list") == ["`@a`"])
    }

    @Test(arguments: [
        "<details>\n```\n@a\n```", "<pre>\n```\n@a\n```", "x <!-- \n\n```\n@a\n```", "  ```\n@a\n```\n@b",
        "> ```\n@a\n```\n@b\n```",
        "- ```\n@a\n```\n@b", "1. x\n   ```\n@a\n   ```\n```\n@b", "``` a`b\n@a\n```", "$$\n```\n@a\n```\n$$",
        "<script>\n\n```\n@a",
        "a ``` b\n```\n@a\n```", "<textarea>\n\n```\n@a\n```", "<?php\n\n```\n@a",
    ])
    func `what only may be a fence is none`(text: String) {
        #expect(!code(text).contains { $0.contains("@") })
    }

    @Test(arguments: [
        "`@a", "a ` b\n`@a`", "\\`@a`", "`` @a `", "`` `@a` ``", "<a title=\"`\">`@a`</a> `", "a <b\n`@a`",
        "| ` | `@a` |",
        "http://x/`a `@a", "www.x.org/`a @a `b", "<div>\n`@a`", "$`$ `@a`$`$", "x `\ny `@a` z", "![`](<`> `@a`",
    ])
    func `what only may be a span is none`(text: String) {
        #expect(!code(text).contains { $0.contains("@a") })
    }

    @Test func `a blank line ends doubt about a paragraph`() {
        #expect(code("a ` b\n\n`@a`") == ["`@a`"])
        #expect(code("<b>x</b>\n\n`@a`") == ["`@a`"])
        #expect(code("<details><summary>x</summary>\n\n```\n@a\n```\n\n</details>") == ["@a"])
    }

    @Test func `an open fence tells what closes it`() {
        #expect(CertainCode.openFence(in: Array("````x\na".utf8)) == "````")
        #expect(CertainCode.openFence(in: Array("~~~\na\n~~~\n".utf8)) == nil)
        #expect(CertainCode.openFence(in: Array("  ```\na".utf8)) == nil)
    }
}
