import OrchCore
import SQLite

/// One row as one line of JSON, and back; see `ExportFormat`.
struct RowLine {
    let shape: TableShape
    private let keys: [[UInt8]]

    init(_ shape: TableShape) {
        self.shape = shape
        keys = shape.columns.enumerated().map { index, column in
            var key = Array((index == 0 ? "{" : ",").utf8)
            JSONText.append(column.name, to: &key)
            key.append(UInt8(ascii: ":"))
            return key
        }
    }

    /// Appends a row of `shape.select`, without the line's end.
    ///
    /// - Throws: `StoreError.invalidExport` for a BLOB, which this form has no place for.
    func append(_ row: Row, to out: inout [UInt8]) throws {
        for (index, key) in keys.enumerated() {
            out.append(contentsOf: key)
            let column = shape.columns[index].name
            switch try row.value(index) {
            case _ where shape.name == "hub" && column == "state": JSONText.append("stopped", to: &out)
            case _ where shape.name == "hub" && column == "pid": JSONText.append(.null, to: &out)
            case .null: JSONText.append(.null, to: &out)
            case .integer(let value): JSONText.append(.integer(value), to: &out)
            case .real(let value): JSONText.append(.double(value), to: &out)
            case .text(let text):
                if shape.name == "event", column == "data" {
                    Self.data(text, to: &out)
                } else {
                    JSONText.append(text, to: &out)
                }
            case .blob:
                throw StoreError(
                    .invalidExport,
                    "\(shape.name).\(column) holds a BLOB, which an export has no place for"
                )
            }
        }
        out.append(UInt8(ascii: "}"))
    }

    /// A canonical object stands as it is; any other text as a string, so that it comes back unchanged.
    private static func data(_ text: String, to out: inout [UInt8]) {
        do {
            let value = try text == "{}" ? .object([:]) : JSONValue(parsing: text)
            if value.objectValue != nil, value.canonicalText.utf8.elementsEqual(text.utf8) {
                return JSONText.append(value, to: &out)
            }
        } catch {
            // Not JSON for us (too deep, a number out of range): a string holds it.
        }
        JSONText.append(text, to: &out)
    }

    /// The values of a line, in the order of `shape.columns`.
    ///
    /// - Throws: the reason in words when the line is not what `append` writes.
    func values(parsing line: [UInt8]) throws(RowLineError) -> [(any Bindable)?] {
        let json: JSONValue
        do {
            json = try JSONValue(parsing: line)
        } catch {
            throw RowLineError("is no JSON: \(error)")
        }
        guard let members = json.objectValue else { throw RowLineError("is no JSON object") }
        var values: [(any Bindable)?] = []
        for column in shape.columns {
            guard let member = members[column.name] else { throw RowLineError("lacks `\(column.name)`") }
            values.append(try value(member, column))
        }
        guard members.count == shape.columns.count else {
            let known = Set(shape.columns.map(\.name))
            let extra = members.keys.filter { !known.contains($0) }.sorted().map { SafeText.line($0) }.joined(
                separator: ", "
            )
            throw RowLineError("has members that table \(shape.name) has not: \(extra)")
        }
        return values
    }

    private func value(_ member: JSONValue, _ column: TableShape.Column) throws(RowLineError) -> (any Bindable)? {
        switch (member, column.type) {
        case (.null, _): return nil
        case (.integer(let value), "INTEGER"): return value
        case (.integer(let value), "REAL"): return Double(value)
        case (.double(let value), "REAL"): return value
        case (.string(let text), "TEXT"): return text
        case (.object, "TEXT") where shape.name == "event" && column.name == "data": return member.canonicalText
        default: throw RowLineError("has a `\(column.name)` that is no \(column.type)")
        }
    }
}

/// What is wrong with a line, in words that follow "line 3".
struct RowLineError: Error, Sendable, Hashable {
    var words: String

    init(_ words: String) {
        self.words = words
    }
}
