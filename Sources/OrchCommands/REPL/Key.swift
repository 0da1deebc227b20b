/// What a person does with the line at the prompt.
enum Key: Sendable, Hashable {
    case scalar(Unicode.Scalar)
    case enter
    /// Ctrl-D: the end on an empty line, and else like `delete`.
    case endOfInput
    case backspace, delete
    case left, right, home, end, wordLeft, wordRight
    case killWord, killToStart, killToEnd
    case older, newer
    case clearScreen
}
