/// A scenario of rules, for tests: the first rule that applies answers.
package struct ScriptedScenario: Scenario {
    /// One rule: a closure that answers, or declines with nil.
    package struct Rule: Sendable {
        let answer: @Sendable (ModelRequest) -> ModelResponse?

        /// Makes a rule of a closure.
        package init(_ answer: @escaping @Sendable (ModelRequest) -> ModelResponse?) {
            self.answer = answer
        }
    }

    private let rules: [Rule]
    private let otherwise: ModelResponse

    /// Makes a scenario.
    ///
    /// - Parameters:
    ///   - rules: asked in this order.
    ///   - otherwise: the answer when none applies.
    package init(_ rules: [Rule], otherwise: ModelResponse = .message("Done.\n\nStatus: done")) {
        self.rules = rules
        self.otherwise = otherwise
    }

    package func respond(to request: ModelRequest) -> ModelResponse {
        for rule in rules {
            if let response = rule.answer(request) { return response }
        }
        return otherwise
    }
}

extension ScriptedScenario.Rule {
    /// Answers the turn whose user message contains `text` with one response after each output, the last one from then on.
    package static func script(when text: String, _ responses: [ModelResponse]) -> Self {
        Self { request in
            guard request.lastUserText.contains(text), let last = responses.last else { return nil }
            return request.position < responses.count ? responses[request.position] : last
        }
    }

    /// Answers every request whose newest user message contains `text`.
    package static func when(_ text: String, _ answer: @escaping @Sendable (ModelRequest) -> ModelResponse) -> Self {
        Self { $0.lastUserText.contains(text) ? answer($0) : nil }
    }

    /// Lets requests fail.
    ///
    /// - Parameters:
    ///   - failure: how.
    ///   - text: only when the newest user message contains it; nil is any.
    ///   - ordinals: only these requests of a thread, counted from 0; nil is all.
    /// - Returns: the rule.
    package static func fail(_ failure: ModelFailure, when text: String? = nil, ordinals: Range<Int>? = nil) -> Self {
        Self { request in
            guard text.map({ request.lastUserText.contains($0) }) ?? true, ordinals?.contains(request.ordinal) ?? true
            else { return nil }
            return ModelResponse([.message("This will not be finished.")], failure: failure)
        }
    }
}
