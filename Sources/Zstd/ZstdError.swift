/// What went wrong in a zstd stream.
package struct ZstdError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What, in libzstd's words.
    package var description: String
}
