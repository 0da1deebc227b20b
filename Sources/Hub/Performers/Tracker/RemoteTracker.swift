package import OrchCore

/// The deeds that only a tracker at GitHub knows; each finds out by itself whether it was done before (I4).
package protocol RemoteTracker: Sendable {
    /// Makes the hub's labels on an issue those that are wanted.
    func showLabels(_ it: Effect.SetLabels, names: LabelNames, attempts: Int) async -> EffectResult
    /// Posts a comment unless one with its marker is there.
    func post(_ it: Effect.PostComment, attempts: Int) async -> EffectResult
    /// Claims an issue.
    func claim(_ it: Effect.Claim, attempts: Int) async -> EffectResult
    /// Writes the status comment.
    func showStatus(_ it: Effect.ShowStatus, attempts: Int) async -> EffectResult
    /// Nods at a comment.
    func react(_ it: Effect.React) async -> EffectResult
    /// Opens a pull request into the default branch, or finds the open one.
    func openPull(_ it: Effect.OpenPull, base: String) async -> EffectResult
}
