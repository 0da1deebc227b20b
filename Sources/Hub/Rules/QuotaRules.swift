/// How long the account's usage limit holds the queue.
package enum QuotaRules {
    /// The wait when nobody says when the limit resets, in milliseconds.
    package static let fallbackMs: Int64 = 15 * 60_000

    /// Until when to hold, in milliseconds since 1970: the reset that Codex last told of, else the fallback.
    ///
    /// A reset in the past (it was told of before) counts as unknown.
    package static func heldUntilMs(message: String, resetsAtMs: Int64?, nowMs: Int64) -> Int64 {
        guard let resetsAtMs, resetsAtMs > nowMs else { return nowMs + fallbackMs }
        return resetsAtMs
    }
}
