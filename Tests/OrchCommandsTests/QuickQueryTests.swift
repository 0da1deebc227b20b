import ArgumentParser
import OrchStore
import Testing

@testable import OrchCommands

/// The way round the argument parser says what the parser says.
@Suite struct QuickQueryTests {
    @Test(arguments: [
        ["query", "stalls"], ["query", "events", "--since", "2h", "--until", "2026-08-08"],
        ["query", "turns", "-a", "iss-1", "-i", "#3"],
        ["query", "issues", "--status=running", "--json"],
        ["query", "agents", "-n", "5", "--format", "csv", "-C", "/tmp"],
        ["query", "timeline", "--issue=7", "--cwd=/x", "--format=jsonl"], ["query", "decisions", "--limit", "0"],
    ]) func `both read the same`(arguments: [String]) throws {
        let quick = try #require(QuickQuery.request(arguments))
        let command = try OrchCommand.parseAsRoot(arguments)
        let options = try #require(reportOptions(of: command))
        #expect(quick == options.request(quick.kind))
        #expect("\(type(of: command))".lowercased() == "query\(quick.kind.rawValue)")
    }

    @Test(arguments: [
        ["query"], ["query", "sql", "SELECT 1"], ["query", "stalls", "--help"], ["query", "stalls", "extra"],
        ["status"], [],
        ["query", "turns", "--issue", "zero"], ["query", "turns", "--since", "soon"],
        ["query", "turns", "--limit", "-1"],
        ["query", "turns", "--agent"], ["query", "turns", "-a=x"], ["query", "turns", "--json", "--format", "csv"],
        ["query", "turns", "--agent", "a", "--agent", "b"], ["query", "turns", "-ia", "3"],
        ["query", "turns", "--json=yes"],
    ]) func `what it is not sure of is the parser's`(arguments: [String]) {
        #expect(QuickQuery.request(arguments) == nil)
    }

    private func reportOptions(of command: any ParsableCommand) -> ReportOptions? {
        switch command {
        case let command as QueryStalls: command.report
        case let command as QueryEvents: command.report
        case let command as QueryTurns: command.report
        case let command as QueryIssues: command.report
        case let command as QueryAgents: command.report
        case let command as QueryTimeline: command.report
        case let command as QueryDecisions: command.report
        default: nil
        }
    }
}
