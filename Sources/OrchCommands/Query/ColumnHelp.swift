import OrchStore

/// What stands below the help of a report: its columns, which are the keys of its JSON.
enum ColumnHelp {
    /// The text for a command line that asked for help; nil when it was about something else.
    static func text(_ arguments: [String]) -> String? {
        let words = arguments.filter { !["help", "--help", "-h", "-help"].contains($0) }
        guard words.count == 2, words[0] == "query" else { return nil }
        if words[1] == "sql" {
            let views = ReportKind.allCases.map { kind in
                let reference = ReportReference(kind)
                return "  \(kind.view): \(reference.summary)\n" + columns(reference, margin: 4)
            }
            return "VIEWS:\n" + views.joined(separator: "\n")
        }
        guard let kind = ReportKind(rawValue: words[1]) else { return nil }
        let reference = ReportReference(kind)
        return """
            COLUMNS (the keys of --json; the table shows \(kind.headline.joined(separator: ", "))):
            \(columns(reference, margin: 2))
            """
    }

    private static func columns(_ reference: ReportReference, margin: Int) -> String {
        reference.entries.map { entry in
            String(repeating: " ", count: margin) + Column.left(entry.names, 32) + " " + entry.meaning + "\n"
        }.joined()
    }
}
