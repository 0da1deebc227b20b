/// A remote of the repository, as git itself would use it.
package struct Remote: Sendable, Hashable, CustomStringConvertible {
    package var name: String
    /// Where it is fetched from, `url.….insteadOf` applied.
    ///
    /// A password may stand in it: to show it there is `shownURL`.
    package var url: String
    /// Where it is pushed to, `url.….pushInsteadOf` applied.
    package var pushURL: String

    /// Where it is fetched from, for people and logs (I10).
    package var shownURL: String { RemoteWords.redacted(url) }

    package var description: String { "\(name) \(shownURL)" }
}
