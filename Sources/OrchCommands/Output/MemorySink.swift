/// A sink that keeps what it is given, for tests; `closeAfter` makes it a reader that goes away.
package final class MemorySink: ByteSink {
    private var bytes: [UInt8] = []
    private let closeAfter: Int?

    /// An empty sink that refuses everything beyond `closeAfter` bytes.
    package init(closeAfter: Int? = nil) {
        self.closeAfter = closeAfter
    }

    /// What was written, as text.
    package var text: String { String(decoding: bytes, as: UTF8.self) }
    /// What was written.
    package var contents: [UInt8] { bytes }

    package func write(_ new: UnsafeRawBufferPointer) throws(SinkError) {
        if let closeAfter, bytes.count + new.count > closeAfter { throw .closed }
        bytes.append(contentsOf: new)
    }

    package func flush() {}
}
