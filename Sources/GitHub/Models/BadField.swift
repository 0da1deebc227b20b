/// What is missing in an answer, so that it can't be GitHub's.
package struct BadField: Error, Sendable, Hashable, CustomStringConvertible {
    /// The thing and the field: `issue.number`.
    package var name: String

    /// For people.
    package var description: String { "\(name) is missing or of another type" }
}
