import Foundation
import Testing

@testable import OrchCommands

/// What is written down about the reports is what the views say.
@Suite struct DocsTests {
    private static let begin = "ORCH_WRITE_DOCS=1 writes -->\n```\n"
    private static let end = "```\n<!-- end -->"

    @Test func `docs/reports.md has the columns of every report`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = root.appending(path: "docs/reports.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        let start = try #require(text.range(of: Self.begin))
        let stop = try #require(text.range(of: Self.end))
        let wanted = try #require(ColumnHelp.text(["query", "sql"])).dropFirst("VIEWS:\n".count)
        if ProcessInfo.processInfo.environment["ORCH_WRITE_DOCS"] == "1" {
            let new = text[..<start.upperBound] + wanted + text[stop.lowerBound...]
            try String(new).write(to: file, atomically: true, encoding: .utf8)
        } else {
            #expect(text[start.upperBound..<stop.lowerBound] == wanted)
        }
    }
}
