/// A line of Markdown as a reader of the page sees it: hidden comments are gone, and code is marked as such.
package struct ProseLine {
    /// The visible part.
    package var line: TextLine
    /// Whether it is in a code fence, or opens or closes one.
    package var isCode: Bool

    /// The lines of a text.
    package static func all(of text: String) -> [ProseLine] {
        var fence = MarkdownFence()
        var comments = MarkdownComments()
        return TextLine.all(of: text).map { raw in
            // Within a comment nothing opens a fence; within a fence nothing opens a comment.
            if comments.isInside || !fence.isOpen {
                let visible = comments.visible(raw)
                guard !comments.isInside || !visible.isBlank else { return ProseLine(line: visible, isCode: false) }
                return ProseLine(line: visible, isCode: fence.take(visible) != .outside)
            }
            return ProseLine(line: raw, isCode: fence.take(raw) != .outside)
        }
    }
}
