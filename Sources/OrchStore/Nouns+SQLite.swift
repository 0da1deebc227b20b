import OrchCore
import SQLite

// How the enumerations of OrchCore stand in columns: as their raw text, which the schema's CHECKs repeat.
extension AgentPhase: Bindable, ColumnValue {}
extension AgentRole: Bindable, ColumnValue {}
extension AgentOutcome: Bindable, ColumnValue {}
extension ApprovalStatus: Bindable, ColumnValue {}
extension DecisionStatus: Bindable, ColumnValue {}
extension IssuePhase: Bindable, ColumnValue {}
extension TurnKind: Bindable, ColumnValue {}
extension TurnStatus: Bindable, ColumnValue {}
extension ConversationState: Bindable, ColumnValue {}
extension CommandStatus: Bindable, ColumnValue {}
extension OutboxStatus: Bindable, ColumnValue {}
extension ArtifactEncoding: Bindable, ColumnValue {}
extension TrackerState: Bindable, ColumnValue {}
