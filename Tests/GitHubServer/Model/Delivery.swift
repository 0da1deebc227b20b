/// What the HTTP side does with an answer.
package struct Delivery: Sendable {
    /// How it ends.
    package enum Ending: Sendable, Hashable {
        /// As it should.
        case whole
        /// With a reset instead of an answer.
        case reset
        /// With an orderly close instead of an answer.
        case close
        /// Never.
        case hang
        /// With a reset after half of the body.
        case cut
    }

    package var answer: APIAnswer
    package var delay: Duration = .zero
    package var ending = Ending.whole
}
