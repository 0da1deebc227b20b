/// One thing that must hold before an issue's work is complete.
package struct AcceptanceItem: Sendable, Hashable {
    /// What must hold, on one line.
    package var text: String
    /// Whether its box is ticked.
    package var isDone: Bool

    /// An item.
    package init(text: String, isDone: Bool) {
        self.text = text
        self.isDone = isDone
    }
}
