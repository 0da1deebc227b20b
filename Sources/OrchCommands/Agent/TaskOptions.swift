import ArgumentParser

/// The text that an agent gets: words of the command line, or a file.
struct TaskOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("What to tell the agent; several words are joined by spaces.", valueName: "text"))
    var words: [String] = []

    @Option(
        name: [.customShort("F"), .customLong("file")],
        help: ArgumentHelp("A file with the text; - for standard input.", valueName: "path"),
        completion: .file()
    )
    var file: String?

    func validate() throws {
        if words.isEmpty == (file == nil) { throw ValidationError("Give the text, or --file, and not both.") }
    }

    /// The text, checked.
    func text(_ context: Context) throws -> String {
        var options = BodyOptions()
        options.text = words.isEmpty ? nil : words.joined(separator: " ")
        options.file = file
        let text = try options.given(context) ?? ""
        guard !text.allSatisfy(\.isWhitespace) else {
            throw CommandError(.usage, "the text is empty", hint: "say what the agent is to do")
        }
        return text
    }
}
