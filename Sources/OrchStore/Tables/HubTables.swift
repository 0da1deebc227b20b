package import SQLite

/// All tables over one connection: what the hub's transactions work with.
package struct HubTables {
    /// The connection they share.
    package let db: Connection
    package let agents: AgentTable
    package let turns: TurnTable
    package let issues: IssueTable
    package let outbox: OutboxTable
    package let events: EventTable
    package let hub: HubTable
    package let decisions: DecisionTable
    package let digests: DigestTable
    package let approvals: ApprovalTable
    package let commands: CommandTable
    package let conversations: ConversationTable
    package let appServers: AppServerTable
    package let stderrLines: StderrTable
    package let tracker: TrackerTable
    package let remote: RemoteTable
    package let pulls: PullTable

    /// The tables of a database.
    package init(_ db: Connection) {
        self.db = db
        agents = AgentTable(db: db)
        turns = TurnTable(db: db)
        issues = IssueTable(db: db)
        outbox = OutboxTable(db: db)
        events = EventTable(db: db)
        hub = HubTable(db: db)
        decisions = DecisionTable(db: db)
        digests = DigestTable(db: db)
        approvals = ApprovalTable(db: db)
        commands = CommandTable(db: db)
        conversations = ConversationTable(db: db)
        appServers = AppServerTable(db: db)
        stderrLines = StderrTable(db: db)
        tracker = TrackerTable(db: db)
        remote = RemoteTable(db: db)
        pulls = PullTable(db: db)
    }
}
