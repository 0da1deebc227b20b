/// What goes wrong with the database or the folder that it is in.
package struct StoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds that a caller may want to tell apart.
    package enum Code: String, Sendable, Hashable {
        /// A row that must be there is not: a bug, or a damaged database.
        case missingRow
        /// The file is no database of orch, or a damaged one.
        case notADatabase
        /// The database was made by a newer orch, or its history is not ours.
        case wrongVersion
        /// The disk refuses: read-only, full, or not permitted.
        case unwritable
        /// The folder is on a file system that WAL can't work on.
        case networkFileSystem
        /// No such artifact.
        case notFound
        /// Several artifacts begin like that.
        case ambiguous
        /// An artifact's bytes are not what its name says (I8).
        case corruptArtifact
    }

    package var code: Code
    package var message: String

    /// An error saying what, where and what to do.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
