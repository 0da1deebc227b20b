import ArgumentParser

/// Where the text of an issue or a comment comes from.
struct BodyOptions: ParsableArguments {
    @Option(
        name: [.customShort("b"), .customLong("body")],
        parsing: .unconditional,
        help: ArgumentHelp("The text, in Markdown.", valueName: "text")
    )
    var text: String?

    @Option(
        name: [.customShort("F"), .customLong("body-file")],
        help: ArgumentHelp("A file with the text; - for standard input.", valueName: "path"),
        completion: .file()
    )
    var file: String?

    func validate() throws {
        if text != nil, file != nil { throw ValidationError("Give either --body or --body-file, not both.") }
    }

    /// The text that was given, checked; nil when neither option was used.
    func given(_ context: Context) throws -> String? {
        if let text { return try TextChecks.body(Array(text.utf8), name: "the text", note: context.output.note) }
        guard let file else { return nil }
        let name = file == "-" ? "standard input" : file
        let bytes =
            file == "-"
            ? try context.input.readAll(limit: TextChecks.bodyLimit)
            : try FileBytes.read(path: context.absolute(file), limit: TextChecks.bodyLimit)
        guard let bytes else { throw TextChecks.tooLong(name) }
        return try TextChecks.body(bytes, name: name, note: context.output.note)
    }

    /// The text that was given, or what a person writes in their editor on `template`; nil when there is neither.
    func givenOrEdited(template: String, _ context: Context) throws -> String? {
        if let given = try given(context) { return given }
        guard context.input.isTerminal, context.output.isTerminal, let editor = Editor.command(context) else {
            return nil
        }
        guard let text = try Editor.write(template: template, command: editor, context) else {
            throw CommandError(
                .refused,
                "nothing was written; nothing was filed",
                hint: "give --body \"\" to file it without a text"
            )
        }
        return text
    }
}
