/// Whether an issue or a pull request is open.
package enum GHState: String, Sendable, Hashable, CaseIterable {
    case open
    case closed
}
