/// How fast the model speaks.
package struct Pace: Sendable, Hashable {
    /// The wait before the first word.
    package var thinking: Duration
    /// The wait before each piece of a text.
    package var delta: Duration
    /// The length of such a piece, in characters.
    package var deltaLength: Int

    /// Makes a pace.
    package init(thinking: Duration, delta: Duration, deltaLength: Int) {
        self.thinking = thinking
        self.delta = delta
        self.deltaLength = max(1, deltaLength)
    }

    /// No waits: for tests.
    package static let instant = Pace(thinking: .zero, delta: .zero, deltaLength: 16)
    /// As one would watch it: a turn of four commands and a report takes about three seconds.
    package static let demo = Pace(thinking: .milliseconds(50), delta: .milliseconds(12), deltaLength: 24)
}
