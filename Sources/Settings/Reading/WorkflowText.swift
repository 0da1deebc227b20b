/// The two parts of a `WORKFLOW.md`: YAML front matter, and the Markdown body that is the task's prompt.
struct WorkflowText: Sendable, Hashable {
    /// The most bytes of the file.
    static let limit = 1 << 20

    /// The front matter without its fences; nil if there is none.
    var frontMatter: String?
    /// The body, without white space around it.
    var body: String
    /// The line that the body begins in, from 1.
    var bodyLine: Int

    /// Splits the text.
    ///
    /// - Parameter text: the whole file; line ends may be those of Windows.
    /// - Throws: `SettingsError` when it is too large or the front matter is not closed.
    init(_ text: String) throws(SettingsError) {
        guard text.utf8.count <= Self.limit else {
            throw SettingsError([
                SettingsProblem(
                    code: .syntax,
                    key: "",
                    line: nil,
                    text: "the file has \(text.utf8.count) bytes, and may have at most \(Self.limit)"
                )
            ])
        }
        var scalars = text.unicodeScalars[...]
        if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
        let lines = Self.lines(scalars)
        var bodyStart = 0
        if let first = lines.first, Self.isFence(first) {
            guard let end = lines.dropFirst().firstIndex(where: Self.isFence) else {
                throw SettingsError([
                    SettingsProblem(
                        code: .syntax,
                        key: "",
                        line: 1,
                        text: "the front matter that begins here is not closed by a line `---`"
                    )
                ])
            }
            frontMatter = lines[1..<end].joined(separator: "\n")
            bodyStart = end + 1
        }
        var rest = lines[bodyStart...]
        while let first = rest.first, first.allSatisfy(\.isWhitespace) { rest.removeFirst() }
        while let last = rest.last, last.allSatisfy(\.isWhitespace) { rest.removeLast() }
        bodyLine = rest.startIndex + 1
        body = rest.joined(separator: "\n")
    }

    private static func lines(_ scalars: Substring.UnicodeScalarView) -> [String] {
        scalars.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.last == "\r" ? String(line.dropLast()) : String(line)
        }
    }

    private static func isFence(_ line: String) -> Bool {
        line.hasPrefix("---") && line.dropFirst(3).allSatisfy { $0 == " " || $0 == "\t" }
    }
}
