import SQLite

extension TurnTable {
    /// Messages put into a turn that did not show in its thread yet.
    package func openSteers(of turn: String) throws -> [TurnRecord] {
        try db.query(
            "SELECT \(TurnRecord.columns) FROM turn WHERE steers = ? AND status IN ('submitting', 'running') ORDER BY seq",
            turn
        ) { try TurnRecord(row: $0) }
    }

    /// What was running in a turn when it was cut off.
    package func runningItems(turn: String, limit: Int = 5) throws -> [String] {
        try db.query(
            "SELECT summary FROM item WHERE turn = ? AND status IS NULL AND summary IS NOT NULL ORDER BY seq DESC LIMIT ?",
            turn,
            limit
        ) { try $0.get(0) }
    }

    /// The last commands of a turn that were finished, oldest first.
    package func finishedItems(turn: String, limit: Int = 10) throws -> [String] {
        try db.query(
            """
            SELECT summary || ' [' || status || ']' FROM item
            WHERE turn = ? AND status IS NOT NULL AND kind IN ('command', 'file_change') AND summary IS NOT NULL
            ORDER BY seq DESC LIMIT ?
            """,
            turn,
            limit
        ) { try $0.get(0) }.reversed()
    }

    /// What an agent has reported so far, oldest first.
    package func reportSummaries(agent: Int64, limit: Int = 10) throws -> [String] {
        try db.query(
            "SELECT report_summary FROM turn WHERE agent = ? AND report_summary IS NOT NULL ORDER BY seq DESC LIMIT ?",
            agent,
            limit
        ) { try $0.get(0) }.reversed()
    }
}
