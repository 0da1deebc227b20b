/// Where bytes go: a file descriptor, or memory in tests.
package protocol ByteSink: AnyObject {
    /// Takes bytes, now or at the next flush.
    func write(_ bytes: UnsafeRawBufferPointer) throws(SinkError)
    /// Hands on what was kept back.
    func flush() throws(SinkError)
    /// Whether somebody can still read it: the other end of a pipe may have been closed.
    var isRead: Bool { get }
}

/// Why bytes could not be written.
package enum SinkError: Error, Sendable, Hashable {
    /// The reader has gone: `orch … | head`. Not an error to speak of.
    case closed
    /// The operating system's number for what went wrong.
    case failed(Int32)
}

extension ByteSink {
    /// Files and memory are always there to be read.
    package var isRead: Bool { true }

    /// Takes text.
    package func write(_ text: String) throws(SinkError) {
        var text = text
        let outcome: Result<Void, SinkError> = text.withUTF8 { utf8 in
            do throws(SinkError) {
                try write(UnsafeRawBufferPointer(utf8))
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try outcome.get()
    }
}
