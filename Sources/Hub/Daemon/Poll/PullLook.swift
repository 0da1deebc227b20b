import GitHub

/// What was last seen of a pull request that waits for a review; in memory only, since all of it can be asked for again.
struct PullLook: Sendable {
    /// Something that is awaited is looked for at each poll for so many polls; and everything so much less often than that.
    static let patience: Int64 = 12

    var pull: GHPull?
    var validator: String?
    var report: GHCheckReport?
    /// When it was looked at, and when its head was new, in milliseconds since 1970.
    var atMs: Int64 = 0
    var headSinceMs: Int64 = 0

    /// Whether it is time to look again, although the feed tells nothing.
    func isDue(nowMs: Int64, pollMs: Int64) -> Bool {
        let sinceMs = nowMs - atMs
        if sinceMs >= pollMs * Self.patience || sinceMs < 0 { return true }
        let isYoung = nowMs - headSinceMs < pollMs * Self.patience
        let isAwaited =
            report?.isPending ?? true || (isYoung && (pull?.isMergeable == nil || report?.checks.isEmpty ?? true))
        return isAwaited && sinceMs >= pollMs
    }
}
