/// A command line as a person would have typed it: without the shell that codex wraps around it.
enum ReadableCommand {
    /// `/bin/bash -lc 'ls -l'` as `ls -l`.
    static func text(_ command: String) -> String {
        for shell in ["/bin/bash", "/usr/bin/bash", "bash", "/bin/sh", "/usr/bin/sh", "sh", "/bin/zsh", "/usr/bin/zsh"]
        {
            for option in [" -lc ", " -c "] where command.hasPrefix(shell + option) {
                return unquoted(String(command.dropFirst(shell.count + option.count)))
            }
        }
        return command
    }

    /// The word that a shell would read, whatever mixture of quotes it is written in; the text itself when it is several words, or none.
    private static func unquoted(_ text: String) -> String {
        var word = ""
        var quote: Character?
        var isEscaped = false
        for character in text {
            if isEscaped {
                if quote == "\"", !"\"\\$`".contains(character) { word.append("\\") }
                word.append(character)
                isEscaped = false
                continue
            }
            switch (quote, character) {
            case (nil, "'"), (nil, "\""): quote = character
            case (nil, " "), (nil, "\n"): return text
            case (nil, "\\"), ("\"", "\\"): isEscaped = true
            case (character, _): quote = nil
            default: word.append(character)
            }
        }
        return quote == nil && !isEscaped ? word : text
    }
}
