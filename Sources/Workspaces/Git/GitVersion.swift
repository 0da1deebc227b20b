/// A version of git, as `git version 2.39.5 (Apple Git-154)` tells it.
package struct GitVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The oldest git that has all that this module uses.
    package static let oldest = GitVersion(major: 2, minor: 30, patch: 0)

    package var major: Int
    package var minor: Int
    package var patch: Int

    /// A version.
    package init(major: Int, minor: Int, patch: Int) {
        self.major = major
        self.minor = minor
        self.patch = patch
    }

    /// Reads what `git --version` prints; nil for anything else.
    package init?(parsing text: String) {
        let words = text.split(whereSeparator: { $0 == " " || $0 == "\n" })
        guard words.count >= 3, words[0] == "git", words[1] == "version" else { return nil }
        let parts = words[2].split(separator: ".").map { Int($0) }
        guard parts.count >= 2, let major = parts[0], let minor = parts[1] else { return nil }
        self.init(major: major, minor: minor, patch: parts.count > 2 ? parts[2] ?? 0 : 0)
    }

    package static func < (lhs: GitVersion, rhs: GitVersion) -> Bool {
        (lhs.major, lhs.minor, lhs.patch) < (rhs.major, rhs.minor, rhs.patch)
    }

    package var description: String { "\(major).\(minor).\(patch)" }
}
