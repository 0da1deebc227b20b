package import OrchCore

/// A line of a comment that is meant for orch: `/orch budget 30m`.
package struct CommentCommandLine: Sendable, Hashable {
    /// The most commands that one comment may give.
    package static let limit = 10

    /// The line as it was written, for the answer.
    package var text: String
    /// The command, or why it is none, in words for the person who wrote it.
    package var command: Result<CommentCommand, Refusal>

    /// The command lines of a comment, in order.
    ///
    /// A command has a line of its own. What stands in code, in a quotation, in a list or in a hidden comment is talked about, not meant;
    /// what begins with orch's own marker was not written by a person.
    package static func all(in body: String) -> [CommentCommandLine] {
        guard body.utf8.count <= 1 << 20, CommentMarker(of: body) == nil else { return [] }
        var lines: [CommentCommandLine] = []
        for prose in ProseLine.all(of: body) where !prose.isCode && prose.line.indent <= 3 {
            let line = prose.line.trimmedText
            guard let rest = arguments(line) else { continue }
            guard lines.count < limit else {
                let refusal = Refusal(
                    "one comment may give \(limit) commands; this one and what comes after is left out"
                )
                lines.append(CommentCommandLine(text: Clip.characters(line, 200), command: .failure(refusal)))
                return lines
            }
            lines.append(CommentCommandLine(text: Clip.characters(line, 200), command: read(rest)))
        }
        return lines
    }

    /// What follows `/orch` on a line; nil if it does not begin so.
    private static func arguments(_ line: String) -> [Substring]? {
        guard line.prefix(5).lowercased() == "/orch" else { return nil }
        let rest = line.dropFirst(5)
        guard rest.isEmpty || rest.first?.isWhitespace == true else { return nil }
        return rest.split(whereSeparator: \.isWhitespace)
    }

    private static func read(_ words: [Substring]) -> Result<CommentCommand, Refusal> {
        guard let verb = words.first?.lowercased() else { return refused("`/orch` needs a command") }
        let values = words.dropFirst()
        switch verb {
        case "status": return plain(.status, verb, values)
        case "stop": return plain(.stop, verb, values)
        case "retry": return plain(.retry, verb, values)
        case "budget": return duration(verb, values) { .budget(ms: $0) }
        case "checkin": return duration(verb, values) { .checkin(ms: $0) }
        case "approve": return request(verb, values) { .approve(id: $0) }
        case "deny": return request(verb, values) { .deny(id: $0) }
        default: return refused("`\(shown(verb))` is no command")
        }
    }

    private static func plain(_ command: CommentCommand, _ verb: String, _ values: ArraySlice<Substring>) -> Result<
        CommentCommand, Refusal
    > {
        values.isEmpty ? .success(command) : refused("`\(verb)` takes nothing behind it")
    }

    private static func duration(
        _ verb: String,
        _ values: ArraySlice<Substring>,
        _ make: (Int64) -> CommentCommand
    ) -> Result<CommentCommand, Refusal> {
        guard !values.isEmpty else { return refused("`\(verb)` needs a duration, as in `/orch \(verb) 30m`") }
        do throws(CoreError) {
            let ms = try DurationText.parse(values.joined(separator: " "))
            return ms > 0 ? .success(make(ms)) : refused("`\(verb)` needs a duration above 0")
        } catch {
            return .failure(Refusal(error.message))
        }
    }

    private static func request(
        _ verb: String,
        _ values: ArraySlice<Substring>,
        _ make: (Int64) -> CommentCommand
    ) -> Result<CommentCommand, Refusal> {
        guard values.count == 1, let value = values.first, let id = Int64(value.trimmingPrefix("#")), id > 0 else {
            return refused("`\(verb)` needs the number of one request, as in `/orch \(verb) 7`")
        }
        return .success(make(id))
    }

    private static func refused(_ why: String) -> Result<CommentCommand, Refusal> {
        .failure(
            Refusal(
                """
                \(why); there are `/orch status`, `/orch stop`, `/orch retry`, `/orch budget 30m`, `/orch checkin 5m`, \
                `/orch approve ID` and `/orch deny ID`
                """
            )
        )
    }

    private static func shown(_ text: String) -> String {
        SafeText.line(Clip.characters(text, 40)).replacing("`", with: "'")
    }
}
