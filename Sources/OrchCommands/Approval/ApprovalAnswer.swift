import OrchCore
import OrchStore
import SQLite

/// The command row that decides an approval.
enum ApprovalAnswer {
    /// The payload of `approval.decide`.
    static func payload(_ id: Int64, approve: Bool, reason: String?, by person: String) -> [String: JSONValue] {
        var payload: [String: JSONValue] = ["id": .integer(id), "approve": .bool(approve), "by": .string(person)]
        if let reason { payload["reason"] = .string(reason) }
        return payload
    }

    /// What was decided about, whole: `: rm -rf build`.
    static func words(_ id: Int64, _ db: Connection) throws -> String {
        guard let approval = try HubTables(db).approvals.find(id) else { throw CommandError.noApproval(id) }
        return SafeText.block(approval.summary)
    }
}

extension CommandError {
    /// There is no such request.
    static func noApproval(_ id: Int64) -> CommandError {
        CommandError(.notFound, "there is no request \(id)", hint: "`orch approvals` lists those that wait")
    }
}
