package import OrchCore

/// A report's answer, held in memory.
///
/// For answers that may be large there is `Reports.stream`.
package struct ReportTable: Sendable, Hashable {
    package var columns: [ReportColumn]
    /// One value per column in each.
    package var rows: [[JSONValue]]
    /// Whether there were more rows than the limit.
    package var isCut: Bool

    /// A table.
    package init(columns: [ReportColumn], rows: [[JSONValue]], isCut: Bool = false) {
        self.columns = columns
        self.rows = rows
        self.isCut = isCut
    }

    /// The rows as objects.
    package var objects: [[String: JSONValue]] {
        rows.map { row in
            Dictionary(zip(columns.map(\.name), row), uniquingKeysWith: { first, _ in first })
        }
    }
}
