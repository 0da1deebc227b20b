import OrchCore
import OrchStore

extension ReportTable {
    /// The same rows with these columns only, in this order.
    func only(_ names: [String]) -> ReportTable {
        let indices = names.compactMap { name in columns.firstIndex { $0.name == name } }
        return ReportTable(
            columns: indices.map { columns[$0] },
            rows: rows.map { row in indices.map { row[$0] } },
            isCut: isCut
        )
    }

    /// The rows that pass.
    func keeping(_ passes: ([String: JSONValue]) -> Bool) -> ReportTable {
        let names = columns.map(\.name)
        return ReportTable(
            columns: columns,
            rows: rows.filter { passes(Dictionary(zip(names, $0), uniquingKeysWith: { first, _ in first })) },
            isCut: isCut
        )
    }
}
