/// Tells a machine that slept from a machine that worked.
package enum SuspendRules {
    /// A gap between wall and monotonic time shorter than this is clock adjustment, not a suspend.
    ///
    /// Milliseconds.
    package static let thresholdMs: Int64 = 15_000

    /// How long the machine slept between two moments of one process, or nil when it did not.
    package static func suspendedMs(from earlier: Moment, to later: Moment) -> Int64? {
        let gap = (later.wallMs - earlier.wallMs) - (later.monotonicMs - earlier.monotonicMs)
        return gap >= thresholdMs ? gap : nil
    }
}
