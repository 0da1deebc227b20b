package import OrchCore

/// Texts for GitHub: harmless, within its limits, and readable.
package enum GitHubText {
    /// The most characters of a body: GitHub refuses more than 65,536, and counts as Ruby does, by Unicode scalars.
    package static let bodyLimit = 60_000
    /// The most characters of a title: GitHub refuses more than 256.
    package static let titleLimit = 250
    /// A report of more characters is folded.
    package static let foldLimit = 1_200
    /// A report of more lines is folded.
    package static let foldLines = 20

    /// A text that notifies nobody, closes nothing and hides nothing, as `Harmless` says.
    package static func harmless(_ text: String) -> String { Harmless.text(text) }

    /// A title of one line, harmless and cut.
    package static func title(_ text: String) -> String {
        Clip.characters(Harmless.text(SafeText.line(text)), titleLimit)
    }

    /// A text of at most so many Unicode scalars, cut at the end of a line where one is near, with a note at its end.
    ///
    /// - Parameters:
    ///   - text: the text.
    ///   - limit: the most scalars of the result, the note included.
    ///   - artifact: the id of the artifact that has all of it, for the note.
    /// - Returns: the text, whole or cut.
    package static func cut(_ text: String, to limit: Int = bodyLimit, artifact: String?) -> String {
        cut(text, total: text.unicodeScalars.count, isWhole: true, to: limit, artifact: artifact)
    }

    /// Cuts a text that may itself be the beginning of one with `total` scalars.
    private static func cut(_ text: String, total: Int, isWhole: Bool, to limit: Int, artifact: String?) -> String {
        let scalars = text.unicodeScalars
        if isWhole, scalars.count <= limit { return text }
        let note = note(total: total, artifact)
        // Room for the line that closes a fence: at most as long as the one that opened it, which is cut if it is absurdly long.
        let room = limit - note.unicodeScalars.count - 100
        guard room > 0 else { return Clip.characters(note, max(limit, 0)) }
        let kept = closed(lines(scalars, room))
        return Clip.characters(kept, limit - note.unicodeScalars.count) + note
    }

    /// A report of an agent as a comment.
    ///
    /// Control blocks are taken out, secrets redacted, mentions and closers made harmless; a long one is folded under its first sentence, and
    /// what does not fit is left out with a note that names the artifact.
    ///
    /// - Parameters:
    ///   - report: what the agent wrote.
    ///   - marker: the hidden first line.
    ///   - heading: a line above it, such as who reports; Markdown, made harmless.
    ///   - artifact: the id of the artifact that has all of it.
    ///   - redaction: takes out secrets.
    /// - Returns: the body of the comment.
    package static func report(
        _ report: String,
        marker: CommentMarker,
        heading: String,
        artifact: String?,
        redaction: Redaction
    ) -> String {
        let all = redaction.redact(ControlParser.strip(report))
        let total = all.unicodeScalars.count
        // Only so much can be shown; making it harmless makes it longer.
        let plain = String(String.UnicodeScalarView(all.unicodeScalars.prefix(bodyLimit)))
        let text = Harmless.text(plain)
        let top = "\(marker)\n\(Harmless.text(redaction.redact(Clip.characters(heading, 500))))\n\n"
        let isLong =
            text.unicodeScalars.count > foldLimit || text.utf8.count(where: { $0 == UInt8(ascii: "\n") }) >= foldLines
        let room = bodyLimit - top.unicodeScalars.count
        guard isLong else { return top + text }
        let summary = unfolded(Harmless.text(SafeText.line(ReportText.summary(of: plain))))
        let head = "\(summary)\n\n<details><summary>The whole report</summary>\n\n"
        let tail = "\n\n</details>\n"
        let left = room - head.unicodeScalars.count - tail.unicodeScalars.count
        let body = cut(balanced(text), total: total, isWhole: total <= bodyLimit, to: left, artifact: artifact)
        return top + head + body + tail
    }

    /// The first so many scalars, less the last line if that is cut and not very long.
    private static func lines(_ scalars: String.UnicodeScalarView, _ room: Int) -> String {
        let kept = String(String.UnicodeScalarView(scalars.prefix(room)))
        guard let last = kept.lastIndex(of: "\n"), kept[last...].utf8.count <= 1_000 else { return kept }
        return String(kept[..<last])
    }

    /// With its fence closed, if one is surely open, so that what follows is not code.
    private static func closed(_ text: String) -> String {
        guard let fence = CertainCode.openFence(in: Array(text.utf8)) else { return text }
        return text + "\n" + fence
    }

    /// With folds that open and close in turn, else with none: a stray end would end ours.
    private static func balanced(_ text: String) -> String {
        let text = closed(text)
        let bytes = Array(text.utf8)
        let tags = foldTags(bytes)
        let ends = tags.count { bytes[$0 + 1] == UInt8(ascii: "/") }
        return ends * 2 == tags.count ? text : unfolded(text)
    }

    /// With the tags of folds as text.
    private static func unfolded(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        var at = 0
        for tag in foldTags(bytes) {
            out += bytes[at..<tag]
            out += Array("&lt;".utf8)
            at = tag + 1
        }
        return String(decoding: out + bytes[at...], as: UTF8.self)
    }

    /// Where `<details` and `</details` are.
    private static func foldTags(_ bytes: [UInt8]) -> [Int] {
        bytes.indices.filter { index in
            guard bytes[index] == UInt8(ascii: "<") else { return false }
            let rest = bytes[(index + 1)...]
            let name = rest.first == UInt8(ascii: "/") ? rest.dropFirst() : rest
            return name.prefix(7).map { $0 | 0x20 }.elementsEqual("details".utf8)
        }
    }

    private static func note(total: Int, _ artifact: String?) -> String {
        let place = artifact.map { "; all of it is artifact `\($0)` (`orch artifact cat \($0.prefix(12))`)" } ?? ""
        return "\n\n_Cut here: the text has \(total) characters\(place)._"
    }
}
