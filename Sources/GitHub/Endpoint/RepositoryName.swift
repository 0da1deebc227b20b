import OrchCore

/// The name of a repository: `owner/name`.
///
/// GitHub does not tell upper from lower case in names, and so neither does this.
package struct RepositoryName: Sendable, Hashable, CustomStringConvertible {
    /// The user or organization.
    package let owner: String
    /// The repository's own name.
    package let name: String

    /// Reads `owner/name`, as `--repo` and `WORKFLOW.md` have it.
    ///
    /// - Throws: `GitHubError` with code `misconfigured`.
    package init(_ text: String) throws(GitHubError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let name = RepositoryName(owner: parts[0], name: parts[1]) else {
            throw GitHubError(
                .misconfigured,
                "`\(SafeText.line(Clip.characters(text, 100)))` is no repository; write it like acme/widgets"
            )
        }
        self = name
    }

    /// A name of two parts, if both are names that GitHub gives.
    init?(owner: some StringProtocol, name: some StringProtocol) {
        guard !owner.isEmpty, owner.utf8.count <= 100, !owner.hasPrefix("-"), owner.utf8.allSatisfy(Self.isOwnerPart),
            !name.isEmpty, name.utf8.count <= 100, name != ".", name != "..", name.utf8.allSatisfy(Self.isNamePart)
        else { return nil }
        self.owner = String(owner)
        self.name = String(name)
    }

    /// `owner/name`.
    package var description: String { "\(owner)/\(name)" }

    /// The same name, whatever the case.
    package static func == (left: RepositoryName, right: RepositoryName) -> Bool { left.key == right.key }

    /// By the name in lower case.
    package func hash(into hasher: inout Hasher) { hasher.combine(key) }

    private var key: String { description.lowercased() }

    /// Letters, digits, hyphens; underscores are in the names of enterprise-managed users.
    private static func isOwnerPart(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    private static func isNamePart(_ byte: UInt8) -> Bool { isOwnerPart(byte) || byte == UInt8(ascii: ".") }
}
