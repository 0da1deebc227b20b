package import OrchCore

/// One JSON array of objects, one object a line; `[]` for no rows.
package struct JSONRenderer: ReportRenderer {
    private var objects = JSONLRenderer()
    private var isEmpty = true

    /// A renderer.
    package init() {}

    package mutating func begin(_ columns: [ReportColumn], into out: inout [UInt8]) {
        objects.begin(columns, into: &out)
        out.append(UInt8(ascii: "["))
    }

    package mutating func row(_ values: [JSONValue], into out: inout [UInt8]) {
        out.append(contentsOf: (isEmpty ? "\n" : ",\n").utf8)
        isEmpty = false
        objects.object(values, into: &out)
    }

    package mutating func end(into out: inout [UInt8]) {
        out.append(contentsOf: (isEmpty ? "]\n" : "\n]\n").utf8)
    }
}
