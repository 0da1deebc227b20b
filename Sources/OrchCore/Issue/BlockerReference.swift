/// One issue that another one names as its blocker.
package struct BlockerReference: Sendable, Hashable {
    /// Where the reference was found; the raw values are those of the database.
    package enum Source: String, Sendable, Hashable, CaseIterable {
        /// A `Blocked by:` line of the text.
        case body
        /// A `blocked-by:#n` label.
        case label
        /// The tracker's own dependencies.
        case native
    }

    /// The blocker's number.
    package var number: Int
    /// Where it was found.
    package var source: Source

    /// A reference.
    package init(_ number: Int, _ source: Source) {
        self.number = number
        self.source = source
    }
}
