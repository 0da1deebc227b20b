import OrchCore

/// The tokens that a response says it cost.
package struct TokenUsage: Sendable, Hashable {
    package var input: Int
    package var cachedInput: Int
    package var output: Int
    package var reasoning: Int

    /// Makes a usage.
    package init(input: Int, cachedInput: Int = 0, output: Int, reasoning: Int = 0) {
        self.input = input
        self.cachedInput = cachedInput
        self.output = output
        self.reasoning = reasoning
    }

    /// An estimate: four characters a token, of what came in and what goes out.
    static func estimate(_ request: ModelRequest, steps: [ModelStep]) -> TokenUsage {
        var input = request.developerTexts.reduce(0) { $0 + $1.utf8.count }
        for item in request.history {
            switch item {
            case .user(let text), .assistant(let text): input += text.utf8.count
            case .call(let call): input += call.name.utf8.count + call.arguments.canonicalText.utf8.count
            case .output(let output): input += output.text.utf8.count
            }
        }
        var output = 0
        var reasoning = 0
        for step in steps {
            switch step {
            case .reasoning(let text): reasoning += text.utf8.count
            case .message(let text), .applyPatch(let text): output += text.utf8.count
            case .command(let command): output += command.command.utf8.count
            case .toolCall(let name, let arguments): output += name.utf8.count + arguments.canonicalText.utf8.count
            }
        }
        let thought = (reasoning + 3) / 4
        return TokenUsage(input: (input + 3) / 4, output: (output + 3) / 4 + thought, reasoning: thought)
    }

    /// The member `usage` of a response.
    var json: JSONValue {
        .object([
            "input_tokens": .integer(Int64(input)),
            "input_tokens_details": .object(["cached_tokens": .integer(Int64(cachedInput))]),
            "output_tokens": .integer(Int64(output)),
            "output_tokens_details": .object(["reasoning_tokens": .integer(Int64(reasoning))]),
            "total_tokens": .integer(Int64(input + output)),
        ])
    }
}
