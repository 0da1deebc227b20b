/// Why a text is no JSON, and where.
package struct JSONParseError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    package var message: String
    /// The byte at which it is, from 0.
    package var offset: Int

    /// An error at a byte.
    package init(message: String, offset: Int) {
        self.message = message
        self.offset = offset
    }

    /// What is wrong and where, for people.
    package var description: String { "\(message) at byte \(offset)" }
}
