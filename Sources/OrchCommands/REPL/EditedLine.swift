import OrchCore
import OrchStore

/// A line that is being typed, with the cursor somewhere in it.
struct EditedLine: Sendable, Hashable {
    /// Characters at most: what is typed beyond that is dropped.
    static let limit = 1 << 20

    /// What stands before the cursor.
    private(set) var before = ""
    /// What stands under and after it.
    private(set) var after = ""

    /// A line with the cursor at its end.
    init(_ text: String = "") {
        before = text
    }

    /// The whole of it.
    var text: String { before + after }

    /// Does what a key says; keys that are not about one line do nothing.
    mutating func take(_ key: Key) {
        switch key {
        case .scalar(let scalar): if text.utf8.count < Self.limit { before.unicodeScalars.append(scalar) }
        case .backspace: _ = before.popLast()
        case .delete: after = String(after.dropFirst())
        case .left: moveLeft(1)
        case .right: moveRight(1)
        case .home: moveLeft(before.count)
        case .end: moveRight(after.count)
        case .wordLeft: moveLeft(wordBefore)
        case .wordRight: moveRight(wordAfter)
        case .killWord: before.removeLast(wordBefore)
        case .killToStart: before = ""
        case .killToEnd: after = ""
        case .enter, .endOfInput, .older, .newer, .clearScreen: break
        }
    }

    private mutating func moveLeft(_ count: Int) {
        after = before.suffix(count) + after
        before.removeLast(min(count, before.count))
    }

    private mutating func moveRight(_ count: Int) {
        before += after.prefix(count)
        after = String(after.dropFirst(count))
    }

    /// Characters back to where a word begins.
    private var wordBefore: Int {
        let reversed = before.reversed()
        let spaces = reversed.prefix(while: \.isWhitespace).count
        return spaces + reversed.dropFirst(spaces).prefix { !$0.isWhitespace }.count
    }

    /// Characters on to where a word ends.
    private var wordAfter: Int {
        let spaces = after.prefix(while: \.isWhitespace).count
        return spaces + after.dropFirst(spaces).prefix { !$0.isWhitespace }.count
    }

    /// The part of it around the cursor that goes into `room` cells of a terminal, and the cell that the cursor is on.
    func window(_ room: Int) -> (text: String, cursor: Int) {
        let (before, after) = (SafeText.line(before), SafeText.line(after))
        let widths = (DisplayWidth.of(before), DisplayWidth.of(after))
        // The cursor takes a cell of its own behind the last character.
        guard widths.0 + widths.1 >= room else { return (before + after, widths.0) }
        let left = Self.tail(before, max(room * 2 / 3, room - 1 - widths.1))
        let cursor = DisplayWidth.of(left)
        return (left + DisplayWidth.fit(after, room - 1 - cursor), cursor)
    }

    /// The end of a text, with `…` for what is missing.
    private static func tail(_ text: String, _ room: Int) -> String {
        guard DisplayWidth.of(text) > room else { return text }
        var kept: [Character] = []
        var used = 1
        for character in text.reversed() {
            used += DisplayWidth.of(String(character))
            guard used <= room else { break }
            kept.append(character)
        }
        return "…" + String(kept.reversed())
    }
}
