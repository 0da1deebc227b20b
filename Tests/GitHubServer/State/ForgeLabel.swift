/// A label of a repository.
package struct ForgeLabel: Sendable {
    package var id: Int64
    package var name: String
    package var color: String
    package var about: String?
}
