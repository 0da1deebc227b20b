import OrchCore

/// Collects what a renderer makes, and hands it on in pieces of a useful size.
struct RenderedPage<Renderer: ReportRenderer> {
    /// Bytes that are worth a write.
    private static var enough: Int { 1 << 16 }

    private var renderer: Renderer
    private var bytes: [UInt8] = []

    init(_ renderer: Renderer) {
        self.renderer = renderer
    }

    mutating func begin(_ columns: [ReportColumn]) {
        renderer.begin(columns, into: &bytes)
    }

    mutating func row(_ values: [JSONValue], to sink: ([UInt8]) throws -> Void) throws {
        renderer.row(values, into: &bytes)
        guard bytes.count >= Self.enough else { return }
        try sink(bytes)
        bytes.removeAll(keepingCapacity: true)
    }

    mutating func end(to sink: ([UInt8]) throws -> Void) throws {
        renderer.end(into: &bytes)
        if !bytes.isEmpty { try sink(bytes) }
        bytes.removeAll()
    }
}
