import OrchCore

/// What the server's refusals mean.
///
/// Codex tells most refusals apart by nothing but their text (JSON-RPC code -32600 for nearly all). This file is the only place that looks at the
/// text; a test with the real codex shows that each is still recognised.
extension AppServerError {
    /// The error for a JSON-RPC error answer.
    static func refused(_ method: String, _ error: JSONValue) -> AppServerError {
        let refusal = Refusal(
            code: error["code"]?.intValue ?? 0,
            message: error["message"]?.stringValue ?? "(no message)",
            data: error["data"] ?? .null
        )
        let code: Code =
            if refusal.code == -32001 {
                .overloaded
            } else if refusal.data["reason"]?.stringValue == "serverShuttingDown" {
                .draining
            } else {
                .server
            }
        return AppServerError(code, "codex refused \(method): \(refusal.message)", method: method, refusal: refusal)
    }

    /// Whether it surely was not done and the same again may succeed.
    package var isRetryable: Bool { code == .overloaded || code == .draining }

    /// Whether nobody knows if it was done.
    package var isOutcomeUnknown: Bool { code == .timeout || code == .disconnected || code == .cancelled }

    /// The thread has no stored history: it never ran, or nothing of it reached the disk.
    package var isNoRollout: Bool { says("no rollout found") || (says("rollout at ") && says(" is empty")) }

    /// The thread is live but never ran, so its lists can't be read yet.
    package var isNotMaterialized: Bool {
        says("is not materialized yet") || says("list is not supported yet") || says("list_turns is not supported yet")
    }

    /// Whether the lists of a thread failed because it has no history.
    package var isNoHistory: Bool { isNotMaterialized || isNoRollout || isThreadUnknown }

    /// The server does not have the thread in memory; after a resume it has.
    package var isThreadUnknown: Bool { says("thread not found") || says("thread not loaded") }

    /// Another process writes the thread.
    package var isForeignWriter: Bool { says("already has an active writer") }

    /// The thread was archived.
    package var isArchived: Bool { says(" is archived") }

    /// There is no turn that could be steered or interrupted, or it is another one.
    package var isNoActiveTurn: Bool {
        says("no active turn to steer") || says("no active turn to interrupt") || says("expected active turn id")
    }

    /// The text is longer than codex takes.
    package var isInputTooLarge: Bool { refusal?.data["input_error_code"]?.stringValue == "input_too_large" }

    private func says(_ text: String) -> Bool { refusal?.message.contains(text) ?? false }
}
