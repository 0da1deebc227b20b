/// Where git is to work, told in full, so that it never finds out by itself.
///
/// A worktree's `.git` file and its git folder's `commondir` can be written by the agent that works there. Told only the folder, git would
/// follow them to a configuration of the agent's making.
struct GitPlace: Sendable, Hashable {
    /// The folder to run in.
    var folder: String
    /// The git folder: the repository's, or a worktree's own.
    var gitFolder: String?
    /// The repository's git folder.
    var commonFolder: String?
    /// The root of the checkout, where the command needs one.
    var checkout: String?

    /// A folder that may be anything: only for finding the repository.
    static func unknown(_ folder: String) -> GitPlace { GitPlace(folder: folder) }

    /// The repository as such.
    static func repository(root: String, commonFolder: String) -> GitPlace {
        GitPlace(folder: root, gitFolder: commonFolder, commonFolder: commonFolder)
    }

    /// A checkout: the main one, or a linked worktree.
    static func checkout(_ path: String, gitFolder: String, commonFolder: String) -> GitPlace {
        GitPlace(folder: path, gitFolder: gitFolder, commonFolder: commonFolder, checkout: path)
    }

    /// The variables that pin git to this place.
    var variables: [String: String] {
        var variables: [String: String] = [:]
        variables["GIT_DIR"] = gitFolder
        variables["GIT_COMMON_DIR"] = commonFolder
        variables["GIT_WORK_TREE"] = checkout
        return variables
    }
}
