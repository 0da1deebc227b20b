/// How a table for people looks.
package struct TableStyle: Sendable, Hashable {
    /// The width in cells that no line exceeds; nil where nobody asked for one: then nothing is cut.
    package var width: Int?
    /// Whether to colour the header and the states.
    package var hasColour: Bool

    /// A style.
    package init(width: Int? = nil, hasColour: Bool = false) {
        self.width = width
        self.hasColour = hasColour
    }
}
