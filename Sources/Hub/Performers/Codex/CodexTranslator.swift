package import CodexAppServer
import OrchCore

/// Turns what the app-server says into what the hub cares for.
///
/// Pure, but for one memory: the paths of patches that wait for an approval, which the request for it does not have.
package struct CodexTranslator: Sendable {
    /// What to do about a message.
    package enum Translation: Sendable, Hashable {
        /// Tell the hub, in this order.
        case said([CodexInput])
        /// Refuse the request at once: codex waits.
        case refuse(RequestID, String)
        /// The connection ended.
        case closed(String)
    }

    /// How many patches are remembered.
    static let patchLimit = 1_000

    private var patches: [String: String] = [:]

    /// A translator for one connection.
    package init() {}

    /// Translates one message.
    package mutating func translate(_ message: ServerMessage) -> Translation {
        switch message {
        case .notification(let notification): .said(said(notification))
        case .request(.approval(let request)): .said([.approval(asked(request))])
        case .request(.toolCall(let call)): .said([.toolCall(called(call))])
        case .request(.unknown(let request)): .refuse(request.id, "orch does not answer \(request.method)")
        case .protocolFault(let text): .said([.warning("codex said what can't be understood: \(text)")])
        case .closed(let reason): .closed(reason)
        }
    }

    private mutating func said(_ notification: ServerNotification) -> [CodexInput] {
        switch notification {
        case .turnStarted(let it): return [.turnStarted(thread: it.threadID, turn: it.turn.id)]
        case .turnCompleted(let it): return ended(it)
        case .itemStarted(let it):
            remember(it.item)
            return [.itemStarted(thread: it.threadID, turn: it.turnID, TurnItem(it.item))]
        case .itemCompleted(let it):
            patches[it.item.id] = nil
            return [.itemCompleted(thread: it.threadID, turn: it.turnID, TurnItem(it.item))]
        case .turnError(let it):
            return [
                .turnError(
                    thread: it.threadID,
                    turn: it.turnID,
                    kind: it.error.kind,
                    message: it.error.words,
                    willRetry: it.willRetry
                )
            ]
        case .tokenUsageUpdated(let it): return [.tokens(thread: it.threadID, turn: it.turnID, total: it.total.total)]
        case .rateLimitsUpdated(let limits):
            let tightest = limits.tightest
            return [
                .rateLimits(
                    usedPercent: tightest?.usedPercent,
                    resetsAtMs: tightest?.resetsAt.map { $0 * 1_000 },
                    data: limits.raw
                )
            ]
        case .threadClosed(let it): return [.threadClosed(thread: it.threadID)]
        case .warning(let it): return [.warning(it.text)]
        case .threadStarted, .threadStatusChanged, .requestResolved, .other: return []
        }
    }

    /// The end of a turn brings its last message again: it counts even when its own notification was missed while nobody was connected.
    private func ended(_ it: TurnCompleted) -> [CodexInput] {
        it.turn.items.map { .itemCompleted(thread: it.threadID, turn: it.turn.id, TurnItem($0)) }
            + [.turnCompleted(thread: it.threadID, turn: ThreadHistory.Turn(it.turn))]
    }

    private mutating func remember(_ item: ThreadItem) {
        guard case .fileChange(let change) = item, patches.count < Self.patchLimit else { return }
        patches[change.id] = TurnItem(item).text
    }

    private func asked(_ it: ApprovalRequest) -> CodexInput.ApprovalAsked {
        let what =
            switch it.kind {
            case .command: it.command.map(ReadableCommand.text) ?? "a command"
            case .fileChange: patches[it.itemID] ?? "change files"
            case .permissions:
                "more permissions: \(Clip.characters((it.params["permissions"] ?? .null).canonicalText, 300))"
            }
        let reason = it.reason.map { $0.isEmpty ? "" : " (\($0))" } ?? ""
        return CodexInput.ApprovalAsked(
            request: it.id.text,
            thread: it.threadID,
            turn: it.turnID,
            item: it.itemID,
            kind: it.kind.rawValue,
            summary: SafeText.line(Clip.characters(what + reason, 1_000)),
            payload: it.params
        )
    }

    private func called(_ it: ToolCallRequest) -> CodexInput.ToolCalled {
        CodexInput.ToolCalled(
            request: it.id.text,
            thread: it.threadID,
            turn: it.turnID,
            call: it.callID,
            tool: it.tool,
            arguments: it.arguments
        )
    }
}

extension ThreadHistory.Turn {
    /// As codex tells it.
    init(_ turn: Turn) {
        self.init(
            id: turn.id,
            status: turn.status.text,
            errorKind: turn.error?.kind,
            errorMessage: turn.error.map(\.words)
        )
    }
}

extension TurnError {
    /// What went wrong, with codex's details when there are some.
    var words: String { details.map { $0.isEmpty ? message : "\(message): \($0)" } ?? message }
}
