/// What an export or import held.
package struct ExportSummary: Sendable, Hashable {
    /// Rows of each table.
    package var rows: [String: Int]
    /// How many artifacts.
    package var artifacts: Int
    /// Their bytes together.
    package var bytes: Int

    /// All rows together.
    package var allRows: Int { rows.values.reduce(0, +) }
}
