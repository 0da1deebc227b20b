import OrchCore
import OrchStore

/// One event as `orch follow` shows it.
struct FeedEvent: Sendable, Hashable {
    var seq: Int64
    var atMs: Int64
    var kind: String
    var agent: String?
    var issue: Int64?
    var data: JSONValue

    /// Reads a row of `report_events`.
    init(_ row: [JSONValue], _ columns: [ReportColumn]) {
        let members = Dictionary(zip(columns.map(\.name), row), uniquingKeysWith: { first, _ in first })
        seq = members["seq"]?.intValue ?? 0
        atMs = members["at_ms"]?.intValue ?? 0
        kind = members["kind"]?.stringValue ?? ""
        agent = members["agent"]?.stringValue
        issue = members["issue"]?.intValue
        data = members["data"] ?? .null
    }
}
