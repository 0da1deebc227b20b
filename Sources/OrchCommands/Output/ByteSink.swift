/// Where bytes go: a file descriptor, or memory in tests.
package protocol ByteSink: AnyObject {
    /// Takes bytes, now or at the next flush.
    func write(_ bytes: UnsafeRawBufferPointer) throws(SinkError)
    /// Hands on what was kept back.
    func flush() throws(SinkError)
}

/// Why bytes could not be written.
package enum SinkError: Error, Sendable, Hashable {
    /// The reader has gone: `orch … | head`. Not an error to speak of.
    case closed
    /// The operating system's number for what went wrong.
    case failed(Int32)
}

extension ByteSink {
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
