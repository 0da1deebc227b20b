extension RepositoryName {
    /// The repository that a git remote leads to; nil for local paths and other hosts.
    ///
    /// Reads all forms that git takes (https://git-scm.com/docs/git-clone#_git_urls): `https://host/owner/name.git`, with or without a user,
    /// `ssh://git@host:22/owner/name`, `git@host:owner/name.git`, `git://host/owner/name`. GitHub's ssh over the HTTPS port
    /// (https://docs.github.com/en/authentication/troubleshooting-ssh/using-ssh-over-the-https-port) has the host `ssh.github.com`.
    ///
    /// - Parameters:
    ///   - url: the remote's URL.
    ///   - host: the host that counts, as in `GitHubEndpoint.host`; ports are not compared: git's is another one than the website's.
    /// - Returns: the name.
    package static func of(remote url: String, host: String) -> RepositoryName? {
        guard url.utf8.count <= 2_048, url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }),
            let wanted = WebAddress.place(host)?.host, let (place, path) = split(url),
            isSame(place.lowercased(), wanted)
        else { return nil }
        var parts = path.split(separator: "/", omittingEmptySubsequences: true)
        guard parts.count == 2, var name = parts.popLast(), let owner = parts.popLast() else { return nil }
        if name.hasSuffix(".git") { name.removeLast(4) }
        return RepositoryName(owner: owner, name: name)
    }

    /// The host and the path of a remote.
    private static func split(_ url: String) -> (host: String, path: Substring)? {
        if let scheme = url.firstRange(of: "://") {
            let known = ["https", "http", "ssh", "git", "git+ssh", "ssh+git", "git+https"]
            guard known.contains(url[..<scheme.lowerBound].lowercased()) else { return nil }
            let rest = url[scheme.upperBound...]
            let authority = rest.prefix { $0 != "/" }
            let bare = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
            guard let place = WebAddress.place(bare) else { return nil }
            return (place.host, rest.dropFirst(authority.count))
        }
        // The short form of ssh has a colon before the first slash; anything else is a path on this machine.
        guard let colon = url.firstIndex(of: ":"), !url[..<colon].contains("/") else { return nil }
        let left = url[..<colon]
        let bare = left.lastIndex(of: "@").map { left[left.index(after: $0)...] } ?? left
        guard let place = WebAddress.place(bare), place.port == nil else { return nil }
        return (place.host, url[url.index(after: colon)...])
    }

    private static func isSame(_ host: String, _ wanted: String) -> Bool {
        host == wanted || host == "www." + wanted || host == "ssh." + wanted
    }
}
