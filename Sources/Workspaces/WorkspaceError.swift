/// What goes wrong with git, a worktree, a hook or an allow-listed command.
///
/// Thrown by everything in this module. `mayPass` says whether trying the same again can help; anything else is shown to a person, or ends
/// the attempt with this message as its reason.
package struct WorkspaceError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds that a caller may want to tell apart.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// There is no git on this machine.
        case gitMissing = "git_missing"
        /// The git of this machine is too old.
        case gitTooOld = "git_too_old"
        /// The folder is in no git repository, or git refuses it.
        case notARepository = "not_a_repository"
        /// The repository has no checkout.
        case bareRepository = "bare_repository"
        /// The repository has no commit yet.
        case emptyRepository = "empty_repository"
        /// The repository is kept in a way that agents can't work with.
        case unsupportedRepository = "unsupported_repository"
        /// A branch or commit that was named does not exist.
        case noSuchRef = "no_such_ref"
        /// A name that git or the file system would not take, or that leads elsewhere.
        case badName = "bad_name"
        /// The branch is checked out in another worktree.
        case branchElsewhere = "branch_elsewhere"
        /// The worktree is on another branch than it should be.
        case wrongBranch = "wrong_branch"
        /// Something that is not ours is where a worktree should be.
        case notOurs = "not_ours"
        /// A person has locked the worktree.
        case locked
        /// A remote can't be reached now: what was asked of it is perhaps done, perhaps not.
        case unreachable
        /// A remote is not there for us: it knows no such repository, or does not let us in.
        case noAccess = "no_access"
        /// Another process works on the same thing.
        case busy
        /// What was asked is never done.
        case refused
        /// A program that is needed is not there or can't be started.
        case cannotStart = "cannot_start"
        /// A program ended with an error.
        case failed
        /// A program took longer than its limit and was ended.
        case timeout
        /// A program wrote more than its limit.
        case outputTooLarge = "output_too_large"
        /// The caller was cancelled; the program was ended.
        case cancelled
        /// The file system refused.
        case files
    }

    package var code: Code
    /// What, where, and what to do.
    package var message: String

    /// An error.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }

    /// Whether the same may succeed later without anybody doing anything.
    package var mayPass: Bool {
        switch code {
        case .busy, .timeout, .cancelled, .files, .failed, .cannotStart, .unreachable: true
        default: false
        }
    }
}
