import OrchCore

/// What a program wrote, up to a limit: the beginning and the end are kept, the middle is counted.
///
/// Errors stand at the end and context at the beginning, so neither is given up. Memory stays within twice the limit.
package struct BoundedOutput: Sendable, Hashable {
    private let half: Int
    private var head: [UInt8] = []
    private var tail: [UInt8] = []
    /// How many bytes were written in all.
    package private(set) var total = 0

    /// Nothing yet.
    ///
    /// - Parameter limit: how many bytes to keep.
    package init(limit: Int) {
        half = max(limit, 2) / 2
    }

    /// Takes the next bytes.
    package mutating func append(_ bytes: UnsafeRawBufferPointer) {
        total += bytes.count
        let room = half - head.count
        head.append(contentsOf: bytes.prefix(max(room, 0)))
        let rest = bytes.dropFirst(max(room, 0))
        guard !rest.isEmpty else { return }
        tail.append(contentsOf: rest.suffix(half))
        if tail.count >= 2 * half { tail.removeFirst(tail.count - half) }
    }

    /// Whether something is missing.
    package var isCut: Bool { total > head.count + min(tail.count, half) }

    /// All that was written, if nothing is missing.
    package var bytes: [UInt8] { head + tail.suffix(half) }

    /// What was kept as text, with a line that says what is missing.
    package var text: String {
        let end = tail.suffix(half)
        guard isCut else { return SafeText.utf8(head + end) }
        return SafeText.utf8(head) + "\n… \(total - head.count - end.count) bytes left out …\n" + SafeText.utf8(end)
    }
}
