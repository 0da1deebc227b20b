/// The git folders of a linked worktree, and what its agent writes beside them.
///
/// They come from whoever made the worktree: read from the worktree's own files, they would be whatever its agent wrote there.
package struct GitFolders: Sendable, Hashable {
    /// The repository's: `<repo>/.git`.
    package var common: String
    /// The worktree's own: `<repo>/.git/worktrees/<name>`.
    package var own: String
    /// The agent's TMPDIR, in no folder that an agent can write.
    package var temporary: String

    /// Folders, absolute.
    package init(common: String, own: String, temporary: String) {
        self.common = common
        self.own = own
        self.temporary = temporary
    }
}
