import OrchCore

/// The events of one response, and how it ends: a pure function of the request and the scenario's answer.
package struct ResponseStream: Sendable {
    /// How the connection ends.
    package enum Ending: Sendable, Hashable {
        /// In order.
        case finished
        /// Cut.
        case cut
        /// Silent, until the client leaves or the limit is over.
        case silence(limit: Duration)
    }

    /// The events in order.
    package private(set) var events: [StreamEvent] = []
    /// What follows them.
    package private(set) var ending = Ending.finished

    private let id: String
    private let pace: Pace

    /// Makes the events of an answer.
    package init(_ answer: ModelResponse, to request: ModelRequest, pace: Pace) {
        self.pace = answer.pace ?? pace
        // Unique in the thread, since its history grows, and the same when the same request is asked again.
        id = "\(Self.hash(request.thread))_\(request.history.count)"
        append("response.created", ["response": state("in_progress")], pause: self.pace.thinking)
        var output: [JSONValue] = []
        for (index, step) in answer.steps.enumerated() {
            output.append(append(OutputItem(step, id: "\(id)_\(index)"), index: index))
        }
        end(answer, output, usage: answer.usage ?? .estimate(request, steps: answer.steps))
    }

    private mutating func end(_ answer: ModelResponse, _ output: [JSONValue], usage: TokenUsage) {
        switch answer.failure {
        case .cut:
            removeTheEnd()
            ending = .cut
        case .silence(let limit):
            removeTheEnd()
            ending = .silence(limit: limit)
        case .failed(let code, let message):
            let error: JSONValue = .object(["code": .string(code), "message": .string(message)])
            append("response.failed", ["response": state("failed", ["error": error])])
        case .incomplete(let reason):
            let details: JSONValue = .object(["reason": .string(reason)])
            append("response.incomplete", ["response": state("incomplete", ["incomplete_details": details])])
        case .http, nil:
            append(
                "response.completed",
                ["response": state("completed", ["output": .array(output), "usage": usage.json])]
            )
        }
    }

    /// Leaves the last item without its last words and its end.
    private mutating func removeTheEnd() {
        guard events.count > 1 else { return }
        let isPart: (StreamEvent) -> Bool = { $0.type.hasSuffix(".delta") || $0.type == "response.output_item.added" }
        guard let last = events.lastIndex(where: isPart) else { return }
        let keep = events[last].type.hasSuffix(".delta") && events[..<last].last.map(isPart) == true ? last : last + 1
        events.removeSubrange(keep...)
    }

    private mutating func append(_ item: OutputItem, index: Int) -> JSONValue {
        let place: [String: JSONValue] = ["output_index": .integer(Int64(index)), "item_id": .string(item.id)]
        append("response.output_item.added", ["output_index": .integer(Int64(index)), "item": item.started])
        if let part = item.part {
            append("response.\(part.kind)_part.added", place.merging([part.index: 0, "part": part.empty]) { $1 })
        }
        for piece in pieces(of: item.text) {
            append(
                item.deltaType,
                place.merging(item.place) { $1 }.merging(["delta": .string(piece)]) { $1 },
                pause: pace.delta
            )
        }
        append(item.doneType, place.merging(item.place) { $1 }.merging([item.doneKey: .string(item.text)]) { $1 })
        append("response.output_item.done", ["output_index": .integer(Int64(index)), "item": item.finished])
        return item.finished
    }

    private mutating func append(_ type: String, _ members: [String: JSONValue], pause: Duration = .zero) {
        var members = members
        members["type"] = .string(type)
        members["sequence_number"] = .integer(Int64(events.count))
        events.append(StreamEvent(type: type, data: .object(members), pause: pause))
    }

    private func state(_ status: String, _ more: [String: JSONValue] = [:]) -> JSONValue {
        .object(["id": .string("resp_\(id)"), "object": "response", "status": .string(status)].merging(more) { $1 })
    }

    private func pieces(of text: String) -> [String] {
        var pieces: [String] = []
        var rest = text[...]
        while !rest.isEmpty {
            pieces.append(String(rest.prefix(pace.deltaLength)))
            rest = rest.dropFirst(pace.deltaLength)
        }
        return pieces
    }

    /// FNV-1a, as eight hexadecimal digits: keeps the ids of two threads apart.
    private static func hash(_ text: String) -> String {
        let value = text.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
