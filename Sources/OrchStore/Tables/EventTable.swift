package import OrchCore
import SQLite

/// The log of what happened.
package struct EventTable {
    let db: Connection

    /// Appends an event, in the transaction of the change that it tells of (I5).
    package func append(
        _ kind: String,
        agent: Int64? = nil,
        issue: Int? = nil,
        turn: String? = nil,
        _ data: [String: JSONValue] = [:],
        nowMs: Int64
    ) throws {
        try db.run(
            "INSERT INTO event (at_ms, kind, agent, issue, turn, data) VALUES (?, ?, ?, ?, ?, ?)",
            nowMs,
            kind,
            agent,
            issue,
            turn,
            data.isEmpty ? "{}" : JSONValue.object(data).canonicalText
        )
    }
}
