import OrchCore

/// What comes from agents and programs is rid of secrets at the one door through which it gets in: so none is in the database, nor in
/// anything that is made from it, such as comments, digests and exports (I10, P-70).
///
/// Names and ids stay as they are, and so does what a person wrote.
extension Input {
    /// The input without secrets.
    func redacted(by redaction: Redaction) -> Input {
        switch self {
        case .codex(let server, let message): .codex(server: server, message.redacted(by: redaction))
        case .observed: self  // what people wrote at the tracker stays as they wrote it
        case .settled(let effect, let result): .settled(effect: effect, result.redacted(by: redaction))
        case .disconnected(let server, let reason): .disconnected(server: server, reason: redaction.redact(reason))
        case .settingsInvalid(let text): .settingsInvalid(redaction.redact(text))
        case .stderr(let source, let lines): .stderr(source: source, lines: lines.map(redaction.redact))
        case .stopping(let reason): .stopping(reason: redaction.redact(reason))
        case .started, .commandsWaiting, .tick, .settingsChanged, .settingsValid: self
        }
    }
}

extension CodexInput {
    fileprivate func redacted(by redaction: Redaction) -> CodexInput {
        switch self {
        case .turnCompleted(let thread, let turn): .turnCompleted(thread: thread, turn: turn.redacted(by: redaction))
        case .itemStarted(let thread, let turn, let item):
            .itemStarted(thread: thread, turn: turn, item.redacted(by: redaction))
        case .itemCompleted(let thread, let turn, let item):
            .itemCompleted(thread: thread, turn: turn, item.redacted(by: redaction))
        case .turnError(let thread, let turn, let kind, let message, let willRetry):
            .turnError(
                thread: thread,
                turn: turn,
                kind: kind,
                message: redaction.redact(message),
                willRetry: willRetry
            )
        case .warning(let text): .warning(redaction.redact(text))
        case .approval(let asked): .approval(asked.redacted(by: redaction))
        case .toolCall(let called): .toolCall(called.redacted(by: redaction))
        case .turnStarted, .tokens, .rateLimits, .threadClosed: self
        }
    }
}

extension CodexInput.ApprovalAsked {
    /// Its payload stays: it is what the request is known by, and the hub takes the secrets out when it has made the mark of it.
    fileprivate func redacted(by redaction: Redaction) -> Self {
        var asked = self
        asked.summary = redaction.redact(summary)
        return asked
    }
}

extension CodexInput.ToolCalled {
    fileprivate func redacted(by redaction: Redaction) -> Self {
        var called = self
        called.arguments = redaction.redact(arguments)
        return called
    }
}

extension EffectResult {
    fileprivate func redacted(by redaction: Redaction) -> EffectResult {
        switch self {
        case .done(let outcome): .done(outcome.redacted(by: redaction))
        case .retry(let reason): .retry(reason: redaction.redact(reason))
        case .later(let reason, let isDraining): .later(reason: redaction.redact(reason), isDraining: isDraining)
        case .failed(let code, let reason): .failed(code: code, reason: redaction.redact(reason))
        }
    }
}

extension EffectResult.Outcome {
    fileprivate func redacted(by redaction: Redaction) -> Self {
        switch self {
        case .history(let history):
            .history(
                ThreadHistory(
                    turns: history.turns.map { $0.redacted(by: redaction) },
                    items: history.items.map { .init(turn: $0.turn, item: $0.item.redacted(by: redaction)) }
                )
            )
        case .inspected(let facts): .inspected(facts.redacted(by: redaction))
        case .exec(let code, let output): .exec(exitCode: code, output: redaction.redact(output))
        case .nothing, .appServer, .connected, .thread, .accepted, .workspace, .labels, .comment, .claimed, .pushed,
            .pull,
            .retired:
            self
        }
    }
}

extension WorkspaceFacts {
    fileprivate func redacted(by redaction: Redaction) -> WorkspaceFacts {
        var facts = self
        facts.uncommitted = uncommitted.map(redaction.redact)
        facts.text = redaction.redact(text)
        return facts
    }
}

extension ThreadHistory.Turn {
    fileprivate func redacted(by redaction: Redaction) -> Self {
        var turn = self
        turn.errorMessage = errorMessage.map(redaction.redact)
        return turn
    }
}

extension TurnItem {
    fileprivate func redacted(by redaction: Redaction) -> TurnItem {
        // The hub's own messages come back as they were sent, and are not stored again.
        guard kind != .userMessage else { return self }
        var item = self
        item.text = redaction.redact(text)
        return item
    }
}
