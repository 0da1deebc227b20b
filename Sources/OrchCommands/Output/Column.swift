import OrchStore

/// Text set in columns outside of tables.
enum Column {
    /// The text cut to a width and filled with spaces to it.
    static func left(_ text: String, _ width: Int) -> String {
        let shown = DisplayWidth.fit(text, width)
        return shown + String(repeating: " ", count: max(0, width - DisplayWidth.of(shown)))
    }

    /// The same, set to the right.
    static func right(_ text: String, _ width: Int) -> String {
        let shown = DisplayWidth.fit(text, width)
        return String(repeating: " ", count: max(0, width - DisplayWidth.of(shown))) + shown
    }

    /// Without the spaces at the end.
    static func trimmed(_ text: String) -> String {
        var rest = text[...]
        while rest.last == " " { rest.removeLast() }
        return String(rest)
    }
}
