/// How an answer is written.
package enum ReportFormat: String, Sendable, Hashable, CaseIterable {
    /// For people.
    case table
    /// One array.
    case json
    /// One object a line.
    case jsonl
    /// RFC 4180, with a header line.
    case csv

    /// The renderer of this format.
    ///
    /// Only `table` minds the style's width and colour; only `csv` minds `isTerminal`.
    package func renderer(_ style: TableStyle, isTerminal: Bool) -> any ReportRenderer {
        switch self {
        case .table: TableRenderer(style)
        case .json: JSONRenderer()
        case .jsonl: JSONLRenderer()
        case .csv: CSVRenderer(isTerminal: isTerminal)
        }
    }

    /// Which of a report's columns this format shows.
    package var columns: Reports.Columns { self == .table ? .headline : .all }
}
