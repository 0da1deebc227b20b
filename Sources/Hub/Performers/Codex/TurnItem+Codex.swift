import CodexAppServer
import OrchCore

extension TurnItem {
    /// The longest text of an item that is no message.
    static let textLimit = 2_000

    /// As codex tells it, with a text that a person can read: the command line, the changed paths.
    init(_ item: ThreadItem) {
        switch item {
        case .userMessage(let it):
            self.init(id: it.id, kind: .userMessage, clientID: it.clientID, text: it.text)
        case .agentMessage(let it):
            self.init(id: it.id, kind: .agentMessage, text: it.text)
        case .commandExecution(let it):
            let exit = it.exitCode.map { $0 == 0 ? "" : " (exit \($0))" } ?? ""
            self.init(
                id: it.id,
                kind: .command,
                text: Clip.characters(ReadableCommand.text(it.command), Self.textLimit) + exit,
                status: it.status
            )
        case .fileChange(let it):
            let paths = it.changes.prefix(20).map { "\($0.kind) \($0.path)" }.joined(separator: ", ")
            let rest = it.changes.count > 20 ? " and \(it.changes.count - 20) more" : ""
            self.init(
                id: it.id,
                kind: .fileChange,
                text: Clip.characters(paths + rest, Self.textLimit),
                status: it.status
            )
        case .dynamicToolCall(let it):
            self.init(
                id: it.id,
                kind: .toolCall,
                text: Clip.characters("\(it.tool) \(it.arguments.canonicalText)", Self.textLimit),
                status: it.status
            )
        case .reasoning(let it):
            self.init(id: it.id, kind: .reasoning, text: Clip.characters(it.summary, Self.textLimit))
        case .other(let it):
            self.init(id: it.id, kind: .other, text: it.type, status: it.status)
        }
    }
}
