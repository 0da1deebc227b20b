import OrchCore

/// A worker of the demo: goes through the plan of its issue, and reports what really came of it.
struct DemoWorker {
    private let request: ModelRequest
    private let plan: DemoPlan?

    init(_ request: ModelRequest, pause: Duration) {
        self.request = request
        plan = Self.issue(of: request).flatMap {
            DemoPlan.plan(issue: $0, wasAnswered: Self.wasAnswered(request), pause: pause)
        }
    }

    /// The next step, or the report.
    var response: ModelResponse {
        guard let plan else {
            return .message(
                "I am the demo's scripted model and know only its four issues.\n\nStatus: blocked by an unknown task"
            )
        }
        let results = CommandResult.results(request)
        if let last = results.last, let session = last.session {
            let arguments: JSONValue = ["session_id": .integer(session), "chars": "", "yield_time_ms": 30_000]
            return ModelResponse([.toolCall(name: "write_stdin", arguments: arguments)])
        }
        for (step, result) in zip(plan.steps, results) where result.exitCode != 0 {
            return .message(Self.failureReport(step, result))
        }
        guard results.count < plan.steps.count else { return .message(plan.report) }
        let step = plan.steps[results.count].step
        return ModelResponse(results.isEmpty ? [.reasoning(plan.thought), step] : [step])
    }

    private static func failureReport(_ step: DemoStep, _ result: CommandResult) -> String {
        let said = result.text.split(whereSeparator: \.isNewline).last.map { ": \($0)" } ?? ""
        let code = result.exitCode.map { "exit code \($0)" } ?? "no exit code"
        switch step.role {
        case .check:
            return """
                ### Summary
                \(DemoTexts.checkFails)\(said)

                ### Changes
                - `\(step.text.split(whereSeparator: \.isNewline).last ?? "")` ended with \(code); not committed

                ### Next Actions
                None.

                Status: done
                """
        case .work:
            return """
                ### Summary
                A command did not work (\(code))\(said)

                ### Next Actions
                Try again.

                Status: continue
                """
        }
    }

    /// The number of the demo's issue: the one whose title is named first.
    private static func issue(of request: ModelRequest) -> Int? {
        for text in request.userTexts + request.developerTexts {
            let found = DemoCharters.all.compactMap { charter in
                text.firstRange(of: charter.title).map { (charter.number, $0.lowerBound) }
            }
            if let first = found.min(by: { $0.1 < $1.1 }) { return first.0 }
        }
        return nil
    }

    /// Whether a report was answered.
    ///
    /// A message that only says that a turn was cut off is no answer, unless it quotes one.
    private static func wasAnswered(_ request: ModelRequest) -> Bool {
        if request.userTexts.contains(where: { $0.contains(DemoTexts.sentBack) || $0.contains(DemoTexts.goOn) }) {
            return true
        }
        var hasReported = false
        for item in request.history {
            switch item {
            case .assistant(let text): if text.contains("\nStatus: ") { hasReported = true }
            case .user(let text): if hasReported, !DemoTexts.isContinuation(text) { return true }
            default: break
            }
        }
        return false
    }
}
