import ArgumentParser

/// `orch query …`: questions to the database.
struct QueryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query",
        abstract: "Ask what happened: reports, and SQL on the same views",
        discussion: """
            Reads only, beside a running daemon or without one. Times are UTC. --since and --until take how long ago (2h), a \
            date (2026-08-08) or a date and time (2026-08-08T10:30). A narrow terminal shows fewer columns; JSON has all of \
            them, and the help of each report explains them.

              orch query issues --status running
              orch query turns --agent iss-3 --since 2h --format json
              orch query sql "SELECT verb, count(*) FROM report_decisions GROUP BY verb"
            """,
        subcommands: [
            QueryDecisions.self, QueryStalls.self, QueryAgents.self, QueryIssues.self, QueryTurns.self,
            QueryApprovals.self,
            QueryArtifacts.self, QueryEvents.self, QueryBudgets.self, QueryTokens.self, QueryTimeline.self,
            QueryOutbox.self,
            QueryStderr.self, QuerySQL.self,
        ]
    )
}
