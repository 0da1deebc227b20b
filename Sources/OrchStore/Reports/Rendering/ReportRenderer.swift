package import OrchCore

/// Turns a report's rows into bytes, one at a time and without holding them all.
///
/// Calls come in the order `begin`, `row`…, `end`; each appends to `out`.
package protocol ReportRenderer {
    /// The report has these columns.
    mutating func begin(_ columns: [ReportColumn], into out: inout [UInt8])
    /// The next row, one value per column.
    mutating func row(_ values: [JSONValue], into out: inout [UInt8])
    /// There are no more rows.
    mutating func end(into out: inout [UInt8])
}

extension ReportRenderer {
    /// A whole table as text.
    package func text(_ table: ReportTable) -> String {
        var renderer = self
        var out: [UInt8] = []
        renderer.begin(table.columns, into: &out)
        for row in table.rows { renderer.row(row, into: &out) }
        renderer.end(into: &out)
        return String(decoding: out, as: UTF8.self)
    }
}
