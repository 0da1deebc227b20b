import OrchCore
import Testing

@Suite struct BlockerLinesTests {
    @Test(
        arguments: [
            ("Blocked by: #12", [12]), ("blocked by #12, #13 and #14", [12, 13, 14]), ("- Blocked by: #1", [1]),
            ("**Blocked by:** #2", [2]),
            ("## Blocked by #3", [3]), ("- [x] Blocked by #4", [4]), ("Blocked-by: #5", [5]), ("> Blocked by: #6", [6]),
            ("Blocked by\n- #7\n- #8 first\n\ntext #9", [7, 8]),
            ("### Blocked by\n\n#7", [7]), ("Blocked by: #1, #1", [1]), ("a\r\nBlocked by: #1\r\n", [1]),
            ("Blocked by: #0", []),
            ("Blocked by: other/repo#1", []), ("Blocked by: #99999999999", []), ("Not blocked by: #1", []),
            ("~~Blocked by: #1~~", []),
            ("Blocked bystanders #1", []), ("It is blocked by #1", []), ("```\nBlocked by: #1\n```", []),
            ("<!-- Blocked by: #1 -->", []),
            ("Blocked by: nothing", []), ("Blocked by: #1a", []), ("See #1", []), ("", []),
        ] as [(String, [Int])]
    )
    func `lines name blockers`(body: String, numbers: [Int]) {
        #expect(BlockerLines.parse(body: body, labels: []).map(\.number) == numbers)
    }

    @Test func `labels name blockers, and the source is told`() {
        let found = BlockerLines.parse(
            body: "Blocked by: #1",
            labels: ["blocked-by:#2", "Blocked-By: 3", "blocked-by:x", "blocked-by:", "bug", "blocked-by:#1"]
        )
        #expect(
            found == [
                BlockerReference(1, .body), BlockerReference(2, .label), BlockerReference(3, .label),
                BlockerReference(1, .label),
            ]
        )
    }

    @Test func `there is a limit`() {
        let body = "Blocked by: " + (1...5_000).map { "#\($0)" }.joined(separator: " ")
        #expect(BlockerLines.parse(body: body, labels: []).count == BlockerLines.limit)
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: ["Blocked by: #1\n", "#", "Blocked by\n", "- #1\n", ">>>>", "blocked ", "-*"]
    )
    func `long runs of anything are read in one pass`(part: String) {
        let body = "Blocked by\n" + String(repeating: part, count: 200_000 / part.utf8.count)
        #expect(BlockerLines.parse(body: body, labels: []).count <= BlockerLines.limit)
    }
}
