import Testing

@testable import GitHubServer

@Suite struct TextRulesTests {
    @Test(arguments: [
        ("Closes #1", [1]), ("fixes: #2, resolves #3 and closed #2", [2, 3]), ("(close #4)", [4]),
        ("closes the door of #5", []), ("Closes `#6` and `closes #7`", []), ("```\ncloses #8\n```\nCloses #9.", [9]),
        ("encloses #10", []), ("Closes \u{200B}#11", []), ("Closes acme/widgets#12", []),
    ])
    func `what a merge closes`(_ text: String, _ numbers: [Int]) {
        #expect(TextRules.closes(text) == numbers)
    }

    @Test(arguments: [
        ("@a and @b-c, @a again", ["a", "b-c"]), ("x@y.z `@q`", []), ("```\n@z\n```", []), ("@\u{200B}a", []),
        ("(@a)", ["a"]), ("`@", []),
    ])
    func `whom a text mentions`(_ text: String, _ logins: [String]) {
        #expect(TextRules.mentions(text) == logins)
    }

    @Test func `a search is understood with quotes, minus and words`() throws {
        var state = GitHubState(nowMs: 0)
        let id = state.addRepository("acme", "widgets", remote: nil)
        for (title, label) in [("Crash here", "good first issue"), ("Other", "bug")] {
            _ = try state.createIssue(id, title: title, body: nil, labels: [label], by: "acme")
        }
        for (query, numbers) in [
            ("label:\"good first issue\" crash", [1]), ("-label:bug", [1]), ("is:open repo:acme/widgets", [2, 1]),
            ("state:closed", []), ("author:@me type:issue", [2, 1]), ("type:pr", []), ("repo:acme/none", []),
        ] {
            #expect(IssueSearch(query).find(state, viewer: "acme").map(\.number) == numbers, "\(query)")
        }
    }

    @Test func `an id of a node leads back to it`() {
        for id in [0, 1, 35, 123_456_789] as [Int64] {
            let parsed = NodeID.parse(NodeID.text(.reviewComment, id))
            #expect(parsed?.kind == .reviewComment)
            #expect(parsed?.id == id)
        }
        #expect(NodeID.parse("I_1") == nil)
        #expect(NodeID.parse("") == nil)
    }

    @Test(arguments: ["query {", "{ a(b: ) }", "{ a", "fragment x { a }", "{ a(b: \"c }", "}"])
    func `what is no GraphQL is refused`(_ text: String) {
        #expect(throws: Refusal.self) { try GraphQLParser.parse(text) }
    }
}
