/// The branches that agents work on: `ai/iss-<N>-<slug>`.
package enum BranchName {
    /// The longest slug.
    package static let slugLimit = 40

    /// A title as a part of a branch name: `a`–`z`, digits and single hyphens, at most 40, cut between words where there are some.
    ///
    /// - Returns: the slug; empty when the title has no ASCII letter or digit.
    package static func slug(_ title: some StringProtocol) -> String {
        var slug: [UInt8] = []
        for byte in title.utf8 {
            let lower = byte.lowercased
            if lower.isLetter || lower.isDigit {
                slug.append(lower)
            } else if lower != UInt8(ascii: "'"), let last = slug.last, last != UInt8(ascii: "-") {
                slug.append(UInt8(ascii: "-"))
            }
            if slug.count > slugLimit { break }
        }
        if slug.count > slugLimit {
            slug.removeLast()
            // A word that is cut goes, unless it would take most of the slug with it.
            if let cut = slug.lastIndex(of: UInt8(ascii: "-")), cut >= slugLimit / 2 { slug.removeSubrange(cut...) }
        }
        while slug.last == UInt8(ascii: "-") { slug.removeLast() }
        return String(decoding: slug, as: UTF8.self)
    }

    /// The branch for an issue, as `ai/iss-12-fix-the-parser`, or `ai/iss-12` when the title gives no slug.
    ///
    /// - Parameters:
    ///   - prefix: what hub branches begin with, the slash included.
    ///   - issue: the issue's number.
    ///   - title: the issue's title.
    /// - Returns: a branch name that git takes, if it takes the prefix.
    package static func make(prefix: String, issue: Int, title: some StringProtocol) -> String {
        let slug = slug(title)
        return "\(prefix)iss-\(issue)\(slug.isEmpty ? "" : "-" + slug)"
    }
}
