/// One instant as the hub sees it: the wall clock for rows, the monotonic clock for what was worked.
///
/// The monotonic clock (`CLOCK_MONOTONIC`) stands still while the machine sleeps, so the difference of the two tells a suspend from work.
package struct Moment: Sendable, Hashable {
    /// Milliseconds since 1970, UTC.
    ///
    /// May jump.
    package var wallMs: Int64
    /// Milliseconds on the monotonic clock of this process.
    ///
    /// Never goes back, does not count a suspend.
    package var monotonicMs: Int64

    /// A moment of both clocks.
    package init(wallMs: Int64, monotonicMs: Int64) {
        self.wallMs = wallMs
        self.monotonicMs = monotonicMs
    }
}
