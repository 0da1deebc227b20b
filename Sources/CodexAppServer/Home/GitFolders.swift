#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The git folders of a linked worktree.
package struct GitFolders: Sendable, Hashable {
    /// The repository's: `<repo>/.git`.
    package var common: String
    /// The worktree's own: `<repo>/.git/worktrees/<name>`.
    package var own: String

    /// Folders, absolute.
    package init(common: String, own: String) {
        self.common = common
        self.own = own
    }

    /// Reads them from the worktree's `.git` file, as git does (gitrepository-layout(5)).
    ///
    /// - Throws: `AppServerError` with `files` when `worktree` is no linked worktree.
    package static func of(worktree: String) throws(AppServerError) -> GitFolders {
        guard let line = firstLine(worktree + "/.git"), line.hasPrefix("gitdir: ") else {
            throw AppServerError(.files, "\(worktree) is no linked git worktree")
        }
        let own = absolute(String(line.dropFirst(8)), in: worktree)
        guard let common = firstLine(own + "/commondir") else {
            throw AppServerError(.files, "\(own) is no folder of a linked git worktree")
        }
        return GitFolders(common: absolute(common, in: own), own: own)
    }

    /// What the worktree has checked out: the full name of a branch, or a commit; nil when it can't be read.
    package var head: String? {
        guard let line = Self.firstLine(own + "/HEAD") else { return nil }
        return line.hasPrefix("ref: ") ? String(line.dropFirst(5)) : line
    }

    private static func firstLine(_ path: String) -> String? {
        guard let data = FileManager.default.contents(atPath: path), data.count < 65_536 else { return nil }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").first.map(String.init)
    }

    private static func absolute(_ path: String, in folder: String) -> String {
        var parts: [Substring] = []
        for part in (path.hasPrefix("/") ? path : folder + "/" + path).split(separator: "/") {
            switch part {
            case ".": continue
            case "..": _ = parts.popLast()
            default: parts.append(part)
            }
        }
        return "/" + parts.joined(separator: "/")
    }
}
