import OrchCore

/// What the argument parser does not say: why a value that begins with a dash was not taken.
enum ParserHints {
    /// A hint for a command line that was refused; nil when there is none.
    static func hint(_ arguments: [String]) -> String? {
        guard let word = arguments.first(where: isNoOption) else { return nil }
        let shown = SafeText.line(String(word.prefix(40)))
        if Int(word) != nil { return "'\(shown)' was read as an option: numbers of orch are not negative" }
        return "'\(shown)' was read as an option: put -- before the first text that begins with a dash"
    }

    /// A negative number, or a text of several words such as an item of a Markdown list.
    private static func isNoOption(_ word: String) -> Bool {
        word.hasPrefix("-") && (Int(word) != nil || (word.contains(" ") && !word.hasPrefix("--")))
    }
}
