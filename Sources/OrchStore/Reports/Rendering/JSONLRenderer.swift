package import OrchCore

/// One JSON object a line, its members in the order of the columns.
package struct JSONLRenderer: ReportRenderer {
    private var keys: [[UInt8]] = []

    /// A renderer.
    package init() {}

    package mutating func begin(_ columns: [ReportColumn], into out: inout [UInt8]) {
        keys = columns.map { column in
            var key: [UInt8] = []
            JSONText.append(column.name, to: &key)
            key.append(UInt8(ascii: ":"))
            return key
        }
    }

    package mutating func row(_ values: [JSONValue], into out: inout [UInt8]) {
        object(values, into: &out)
        out.append(UInt8(ascii: "\n"))
    }

    package mutating func end(into out: inout [UInt8]) {}

    func object(_ values: [JSONValue], into out: inout [UInt8]) {
        out.append(UInt8(ascii: "{"))
        for (index, key) in keys.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            out.append(contentsOf: key)
            JSONText.append(index < values.count ? values[index] : .null, to: &out)
        }
        out.append(UInt8(ascii: "}"))
    }
}
