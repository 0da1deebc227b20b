import Migrations

/// What there is to say of a report and its columns: read from the comments of the view that answers it, so that it is said once.
package struct ReportReference: Sendable, Hashable {
    /// A column, or a time that is there twice: as text and in milliseconds.
    package struct Entry: Sendable, Hashable {
        /// Its name, or both: `at, at_ms`.
        package var names: String
        package var meaning: String
    }

    /// What a row is.
    package var summary: String
    /// The columns in order, with the words of their comments; empty for times that need none.
    package var columns: [(name: String, comment: String)] { zip(names, comments).map { ($0, $1) } }

    private var names: [String] = []
    private var comments: [String] = []

    /// Reads what is said of a report.
    package init(_ kind: ReportKind) {
        let text = Migrations.all.first { $0.name == "m0002_reports" }.map { String(decoding: $0.sql, as: UTF8.self) }
        let lines = (text ?? "").split(separator: "\n", omittingEmptySubsequences: false)
        let start = lines.firstIndex { $0 == "CREATE VIEW \(kind.view) AS" } ?? lines.endIndex
        summary = lines[..<start].reversed().prefix { $0.hasPrefix("-- ") }.reversed()
            .map { $0.dropFirst(3) }.joined(separator: " ")
        for line in lines[start...].dropFirst().prefix(while: { !$0.hasPrefix("FROM ") }) {
            guard let (name, comment) = Self.column(line) else { continue }
            names.append(name)
            comments.append(comment)
        }
    }

    /// The column whose expression ends in this line: ` AS name,   -- what it means`.
    private static func column(_ line: Substring) -> (name: String, comment: String)? {
        let mark = line.firstRange(of: "-- ")
        var code = line[..<(mark?.lowerBound ?? line.endIndex)]
        while code.last == " " || code.last == "," { code.removeLast() }
        // A subquery's alias has one letter; a column's name has more.
        guard let word = code.ranges(of: " AS ").last, code[word.upperBound...].utf8.count > 1,
            code[word.upperBound...].utf8.allSatisfy({ $0 == UInt8(ascii: "_") || (0x61...0x7A).contains($0) })
        else { return nil }
        return (String(code[word.upperBound...]), mark.map { String(line[$0.upperBound...]) } ?? "")
    }

    /// The columns for people: the two forms of a time together.
    package var entries: [Entry] {
        var entries: [Entry] = []
        var index = 0
        while index < names.count {
            let name = names[index]
            let isPair =
                (name == "at" || name.hasSuffix("_at")) && index + 1 < names.count
                && names[index + 1] == name + "_ms"
            let isMs = name.hasSuffix("_at_ms")
            let forms = isPair ? "ISO 8601 in UTC; milliseconds since 1970" : isMs ? "milliseconds since 1970" : nil
            let said = comments[index].isEmpty ? Self.moment(name) : comments[index]
            entries.append(
                Entry(
                    names: isPair ? "\(name), \(names[index + 1])" : name,
                    meaning: said + (forms.map { " (\($0))" } ?? "")
                )
            )
            index += isPair ? 2 : 1
        }
        return entries
    }

    /// What a time without a comment is.
    private static func moment(_ name: String) -> String {
        let base = name.hasSuffix("_at_ms") ? name.dropLast(6) : name.hasSuffix("_at") ? name.dropLast(3) : ""
        switch base {
        case "": return "when it happened"
        case "phase_since": return "since when it is in this phase"
        case "since": return "since when"
        case "last_event": return "when the last sign of life came"
        default: return "when it was " + base.replacing("_", with: " ")
        }
    }
}
