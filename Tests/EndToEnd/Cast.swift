import ModelServer

extension ModelRequest {
    /// Whether the conversation is the orchestrator's: only it has the hub's tools.
    var isOrchestrator: Bool { tools.contains { $0.hasPrefix("orch_") } }

    /// What came of all calls, oldest first.
    var outputs: [String] { history.compactMap { if case .output(let output) = $0 { output.text } else { nil } } }

    /// Whether anything that was said in it names this.
    func mentions(_ text: String) -> Bool { userTexts.contains { $0.contains(text) } }
}

extension ScriptedScenario.Rule {
    /// Answers the conversation of the agent whose task names `title`, whatever it is told last.
    static func worker(_ title: String, _ answer: @escaping @Sendable (ModelRequest) -> ModelResponse) -> Self {
        Self { !$0.isOrchestrator && $0.mentions(title) ? answer($0) : nil }
    }

    /// The same, with one response after each output of the newest message, the last one from then on.
    static func worker(_ title: String, _ responses: [ModelResponse]) -> Self {
        worker(title) { responses[min($0.position, responses.count - 1)] }
    }

    /// Answers the orchestrator.
    static func orchestrator(_ answer: @escaping @Sendable (ModelRequest) -> ModelResponse) -> Self {
        Self { $0.isOrchestrator ? answer($0) : nil }
    }
}

extension ModelResponse {
    /// A report that all is done.
    static let done = ModelResponse.message("### Summary\nIt is done.\n\nStatus: done")

    /// A commit of all that there is.
    static let commit = ModelResponse.exec("git add -A && git commit --quiet --message 'Do it'")

    /// A command that waits, a minute at most, for a file that the test makes; git leaves one of the name `go` alone.
    static func wait(for file: String) -> ModelResponse {
        .exec("for i in $(seq 1200); do [ -e '\(file)' ] && break; sleep 0.05; done; echo waited")
    }

    /// A command that asks to be let out of the sandbox.
    static func escalate(_ command: String, why: String = "It must be outside") -> ModelResponse {
        ModelResponse([.command(ShellCommand(command, escalation: why))])
    }
}
