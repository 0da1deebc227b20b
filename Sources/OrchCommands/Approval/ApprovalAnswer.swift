import OrchCore

/// The command row that decides an approval.
enum ApprovalAnswer {
    /// The payload of `approval.decide`.
    static func payload(_ id: Int64, approve: Bool, reason: String?, by person: String) -> [String: JSONValue] {
        var payload: [String: JSONValue] = ["id": .integer(id), "approve": .bool(approve), "by": .string(person)]
        if let reason { payload["reason"] = .string(reason) }
        return payload
    }
}
