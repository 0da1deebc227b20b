/// Finds an issue's blockers in its text and labels.
///
/// In the text: a line that begins with `Blocked by` (in a list, bold, as a heading, with or without the colon) and names `#12, #13`; with
/// nothing named, the list that follows it. Code and hidden comments do not count, nor do issues of other repositories (`other/repo#1`).
package enum BlockerLines {
    /// More blockers than this are not read (I7).
    package static let limit = 100

    /// The blockers, each number once per source, in the order in which they are named.
    package static func parse(body: String, labels: some Sequence<String>) -> [BlockerReference] {
        var found: [BlockerReference] = []
        var seen: Set<BlockerReference> = []
        func add(_ number: Int, _ source: BlockerReference.Source) {
            let reference = BlockerReference(number, source)
            guard found.count < limit, seen.insert(reference).inserted else { return }
            found.append(reference)
        }
        for number in numbers(inBody: body) { add(number, .body) }
        for label in labels {
            guard let value = LabelValue.of(label, key: "blocked-by") else { continue }
            let digits = value.utf8.first == UInt8(ascii: "#") ? value.dropFirst() : value[...]
            if let number = number(Array(digits.utf8)[...]) { add(number, .label) }
        }
        return found
    }

    private static func numbers(inBody body: String) -> [Int] {
        var numbers: [Int] = []
        var isListed = false  // the lines after a `Blocked by` that named nothing itself
        for prose in ProseLine.all(of: body) {
            guard !prose.isCode else {
                isListed = false
                continue
            }
            let line = prose.line
            if let rest = afterMarker(line.trimmed) {
                let named = references(rest)
                numbers += named
                isListed = named.isEmpty && isEnd(rest)
            } else if isListed, !line.isBlank {
                let content = line.trimmed
                let isItem = content.first.map {
                    [UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "#")].contains($0)
                }
                let named = isItem ?? false ? references(content) : []
                numbers += named
                isListed = !named.isEmpty
            }
            if numbers.count > 10 * limit { return numbers }
        }
        return numbers
    }

    /// What follows `blocked by` at the line's begin, past marks of lists, headings and emphasis.
    private static func afterMarker(_ content: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        var slice = content
        if slice.begins(with: "- [x]") || slice.begins(with: "- [ ]") || slice.begins(with: "* [x]")
            || slice.begins(with: "* [ ]")
        {
            slice = slice.dropFirst(5)
        }
        while let first = slice.first, first.isSpace || "-*+_#>".utf8.contains(first) { slice.removeFirst() }
        guard slice.begins(with: "blocked") else { return nil }
        slice = slice.dropFirst(7)
        guard let gap = slice.first, gap.isSpace || gap == UInt8(ascii: "-") else { return nil }
        slice = slice.dropFirst().trimmed
        guard slice.begins(with: "by") else { return nil }
        slice = slice.dropFirst(2)
        guard slice.first.map({ !$0.isLetter && !$0.isDigit }) ?? true else { return nil }
        return slice
    }

    private static func isEnd(_ rest: ArraySlice<UInt8>) -> Bool {
        rest.allSatisfy { $0.isSpace || ":*_#".utf8.contains($0) }
    }

    /// The numbers behind each `#` that stands alone.
    private static func references(_ bytes: ArraySlice<UInt8>) -> [Int] {
        var numbers: [Int] = []
        var index = bytes.startIndex
        var before: UInt8 = 0x20
        while index < bytes.endIndex {
            let byte = bytes[index]
            defer { before = byte }
            index += 1
            guard byte == UInt8(ascii: "#") else { continue }
            let digits = bytes[index...].prefix(while: \.isDigit)
            index += digits.count
            let isForeign = before.isLetter || before.isDigit || "/_-.".utf8.contains(before) || before >= 0x80
            let next = index < bytes.endIndex ? bytes[index] : 0x20
            if !isForeign, !next.isLetter, next != UInt8(ascii: "_"), let number = number(digits) {
                numbers.append(number)
            }
        }
        return numbers
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard (1...9).contains(digits.count), digits.allSatisfy(\.isDigit) else { return nil }
        let number = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        return number > 0 ? number : nil
    }
}
