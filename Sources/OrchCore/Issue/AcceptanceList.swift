/// Reads the items of an acceptance section.
enum AcceptanceList {
    /// Each bullet (`-`, `*`, `+`, `1.`, `2)`), with or without a box, is an item; where there is no bullet, each line is one.
    ///
    /// A line that is indented below a bullet continues its text. Code is left out.
    static func items(of lines: [ProseLine]) -> [AcceptanceItem] {
        var items: [AcceptanceItem] = []
        let prose = lines.filter { !$0.isCode }.map(\.line)
        let hasBullets = prose.contains { afterBullet($0.trimmed) != nil }
        var isOpen = false  // the last item may go on
        for line in prose {
            guard items.count <= Charter.itemLimit else { break }
            let content = line.trimmed
            if let rest = afterBullet(content) {
                let item = item(rest)
                isOpen = !item.text.isEmpty
                if isOpen { items.append(item) }
            } else if content.isEmpty {
                isOpen = false
            } else if !hasBullets {
                items.append(item(content))
            } else if isOpen, line.indent > 0, let last = items.indices.last {
                items[last].text += " " + String(decoding: content, as: UTF8.self)
            } else {
                isOpen = false
            }
        }
        return Array(items.prefix(Charter.itemLimit))
    }

    private static func afterBullet(_ content: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let first = content.first else { return nil }
        var rest = content.dropFirst()
        if first.isDigit {
            let digits = content.prefix(while: \.isDigit)
            rest = content.dropFirst(digits.count)
            guard digits.count <= 9, let mark = rest.first, mark == UInt8(ascii: ".") || mark == UInt8(ascii: ")")
            else { return nil }
            rest = rest.dropFirst()
        } else if first == UInt8(ascii: "[") {
            return box(content) == nil ? nil : content
        } else if !"-*+".utf8.contains(first) {
            return nil
        }
        guard let space = rest.first else { return rest }
        return space.isSpace ? rest.trimmed : nil
    }

    private static func item(_ content: ArraySlice<UInt8>) -> AcceptanceItem {
        let box = box(content)
        return AcceptanceItem(
            text: String(decoding: content.dropFirst(box == nil ? 0 : 3).trimmed, as: UTF8.self),
            isDone: box ?? false
        )
    }

    /// Whether the box at the beginning is ticked; nil without a box.
    private static func box(_ content: ArraySlice<UInt8>) -> Bool? {
        if content.begins(with: "[x]") { return true }
        return content.begins(with: "[ ]") ? false : nil
    }
}
