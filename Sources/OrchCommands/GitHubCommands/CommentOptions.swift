import ArgumentParser

/// The text of a comment: words of the command line, or where else it comes from.
struct CommentOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("The comment.", valueName: "comment"))
    var words: [String] = []

    @OptionGroup var body: BodyOptions

    func validate() throws {
        if !words.isEmpty, body.text != nil || body.file != nil {
            throw ValidationError("Give the comment once: as arguments, or with --body or --body-file.")
        }
    }

    /// The text, checked: not empty, and as long as GitHub takes it.
    func text(_ context: Context, example: String) throws -> String {
        let text =
            words.isEmpty
            ? try body.givenOrEdited(template: "", context) ?? ""
            : try TextChecks.body(
                Array(words.joined(separator: " ").utf8),
                name: "the comment",
                note: context.output.note
            )
        return try CommentDelivery.checked(text, example: example)
    }
}
