import OrchCore

/// What git says when a remote does not do what was asked, read and made fit to be shown.
///
/// Git has no codes for it: only here its words are matched (in English, see `ProcessEnvironment.git`). Words that nobody knows mean `failed`,
/// which is tried again.
enum RemoteWords {
    /// Asked again, each of these would be said again.
    private static let noAccess = [
        "authentication failed", "permission denied", "permission to ", "repository not found",
        "could not read username", "could not read password", "host key verification failed",
        "access to repository not granted", "marked as read only", "archived so it is read-only",
        "returned error: 401", "returned error: 403", "returned error: 404", "returned error: 410",
        "does not appear to be a git repository", "dubious ownership", "insufficient permission",
    ]

    /// The network or the other side has a bad time.
    private static let unreachable = [
        "could not resolve", "unable to access", "could not read from remote repository", "hung up", "rpc failed",
        "early eof", "unexpected disconnect", "failed to connect", "connection refused", "connection reset",
        "connection timed out", "connection closed", "network is unreachable", "no route to host", "unable to connect",
        "unable to look up", "remote failed to report status", "no such host", "i/o timeout", "broken pipe",
    ]

    /// What it means.
    static func code(of said: String) -> WorkspaceError.Code {
        let said = said.lowercased()
        // Ssh and git say "could not read from remote repository" for everything: who is refused is told beside it.
        if noAccess.contains(where: said.contains) || isNotFound(said) { return .noAccess }
        return unreachable.contains(where: said.contains) ? .unreachable : .failed
    }

    /// `fatal: repository 'https://…/x.git/' not found`, with the url in the middle.
    private static func isNotFound(_ said: String) -> Bool {
        said.split(separator: "\n").contains { $0.contains("repository '") && $0.hasSuffix("' not found") }
    }

    /// The error of a command that a remote did not obey.
    static func error(_ what: String, _ remote: String, _ said: String) -> WorkspaceError {
        let code = code(of: said)
        let advice =
            switch code {
            case .noAccess: " (does `git ls-remote \(SafeText.line(remote))` work there without being asked anything?)"
            case .unreachable: " (it is tried again)"
            default: ""
            }
        return WorkspaceError(code, "can't \(what) the remote `\(SafeText.line(remote))`: \(line(said))\(advice)")
    }

    /// All that was said in one line, without git's own advice and without passwords.
    static func line(_ said: String) -> String {
        let lines = said.split(whereSeparator: { $0 == "\n" || $0 == "\r" }).map { String($0).trimmedLines }.filter {
            !$0.isEmpty && !$0.hasPrefix("hint: ") && $0 != "remote:" && !$0.hasPrefix("Please make sure you have")
                && $0 != "and the repository exists."
        }
        return SafeText.line(Clip.characters(redacted(lines.joined(separator: "; ")), 600))
    }

    /// What the other side said, without the mark that git puts before it.
    static func ofRemote(_ said: String) -> String {
        said.split(whereSeparator: { $0 == "\n" || $0 == "\r" }).compactMap { line -> String? in
            guard line.hasPrefix("remote: ") else { return nil }
            let text = String(line.dropFirst(8)).trimmedLines
            return text.isEmpty ? nil : text
        }.joined(separator: "\n")
    }

    /// The text with the user and password of each url left out (I10).
    static func redacted(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let colon = rest.firstRange(ofASCII: "://") {
            result += rest[..<colon.upperBound]
            rest = rest[colon.upperBound...]
            let end = rest.firstIndex { "/ \n\t'\"".contains($0) } ?? rest.endIndex
            if let at = rest[..<end].lastIndex(of: "@") {
                result += "…"
                rest = rest[at...]
            }
        }
        return result + rest
    }
}

extension Substring {
    /// Where a text begins in this one.
    fileprivate func firstRange(ofASCII text: String) -> Range<Index>? {
        let utf8 = Array(text.utf8)
        var start = self.utf8.startIndex
        while start < self.utf8.endIndex {
            if self.utf8[start...].starts(with: utf8) { return start..<self.utf8.index(start, offsetBy: utf8.count) }
            start = self.utf8.index(after: start)
        }
        return nil
    }
}
