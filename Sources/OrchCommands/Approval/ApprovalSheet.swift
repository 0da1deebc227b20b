import OrchCore
import OrchStore

/// A request of Codex on paper, whole: what is approved can be seen, whatever the terminal's width.
struct ApprovalSheet {
    /// A row of `report_approvals`.
    let request: [String: JSONValue]
    let nowMs: Int64
    /// Whether every member of the request is shown.
    var isWhole = false

    /// Writes it.
    func write(to output: Output) throws {
        let id = request["id"]?.intValue ?? 0
        try output.line(output.ink(.bold, "\(id)  \(who) asks \(what)") + "  " + when)
        try indented(text("summary") ?? "", output)
        let payload = request["payload"]
        for (name, key) in [("in", "cwd"), ("because", "reason")] {
            if let text = payload?[key]?.stringValue, !text.isEmpty { try row(name, text, output) }
        }
        for key in ["permissions", "grantRoot", "networkApprovalContext"] {
            if let value = payload?[key], !value.isNull { try row(key, Words.plain(value), output) }
        }
        if let by = text("decided_by") { try row("by", by + (text("reason").map { ": \($0)" } ?? ""), output) }
        if isWhole, let payload { try row("request", payload.canonicalText, output) }
        if request["status"] == "pending" {
            try row("answer", "orch approve \(id)   or   orch deny \(id) --reason \"…\"", output)
        }
    }

    private func text(_ key: String) -> String? { request[key]?.stringValue }

    private var who: String {
        let issue = request["issue"]?.intValue.map { " (#\($0))" } ?? ""
        return SafeText.line(text("agent") ?? "?") + issue
    }

    private var what: String {
        switch text("kind") {
        case "command": "to run a command"
        case "file_change": "to change files"
        case "permissions": "for permissions"
        default: "for \(SafeText.line(text("kind") ?? "something"))"
        }
    }

    private var when: String {
        let asked = "asked \(TimeText.ago(request["at_ms"]?.intValue ?? nowMs, nowMs: nowMs))"
        guard text("status") == "pending" else { return "\(asked), \(SafeText.line(text("status") ?? ""))" }
        return "\(asked), declined \(TimeText.ago(request["deadline_at_ms"]?.intValue ?? nowMs, nowMs: nowMs))"
    }

    private func row(_ name: String, _ text: String, _ output: Output) throws {
        try output.line("    " + output.ink(.dim, Column.left(name, 9)) + SafeText.line(text))
    }

    private func indented(_ text: String, _ output: Output) throws {
        for line in SafeText.block(text).split(separator: "\n", omittingEmptySubsequences: false) {
            try output.line("    " + line)
        }
    }
}
