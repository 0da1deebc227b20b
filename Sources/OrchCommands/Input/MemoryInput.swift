/// Standard input with fixed contents, for tests.
package final class MemoryInput: InputSource {
    package let isTerminal: Bool
    private let bytes: [UInt8]
    private var isTaken = false

    /// An input that holds these bytes.
    package init(_ bytes: [UInt8] = [], isTerminal: Bool = false) {
        self.bytes = bytes
        self.isTerminal = isTerminal
    }

    package func take() -> [UInt8]? {
        defer { isTaken = true }
        return isTaken ? [] : bytes
    }

    /// Everything is there from the beginning.
    package func wait(atMostMs limitMs: Int) async {}

    package func readAll(limit: Int) -> [UInt8]? {
        bytes.count <= limit ? bytes : nil
    }
}
