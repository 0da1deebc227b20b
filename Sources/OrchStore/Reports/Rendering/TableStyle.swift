/// How a table for people looks.
package struct TableStyle: Sendable, Hashable {
    /// The terminal's width in cells, which no line exceeds; nil where there is no terminal: then nothing is cut.
    package var width: Int?
    /// Whether to colour the header and the states.
    package var hasColour: Bool

    /// A style.
    package init(width: Int? = nil, hasColour: Bool = false) {
        self.width = width
        self.hasColour = hasColour
    }
}
