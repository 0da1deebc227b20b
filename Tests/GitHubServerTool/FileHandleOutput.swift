import Glibc

/// Standard output without a buffer: a reader at the other end of a pipe gets a line at once.
enum FileHandleOutput {
    /// Writes a text whole.
    static func write(_ text: String) throws {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(1, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw OutputError() }
            rest = rest.dropFirst(count)
        }
    }

    /// Standard output takes nothing more.
    struct OutputError: Error {}
}
