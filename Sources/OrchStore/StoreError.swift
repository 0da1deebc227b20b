/// What goes wrong with the database or the folder that it is in.
package struct StoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds that a caller may want to tell apart.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// A row that must be there is not: a bug, or a damaged database.
        case missingRow
        /// There is no database, or no `.orch` folder.
        case noDatabase
        /// The file is no database of orch.
        case notADatabase
        /// The database is damaged.
        case corrupted
        /// The database was made by a newer orch, or its history is not ours, or it must be migrated and may not be now.
        case wrongVersion
        /// The file or its folder can't be made or written: permissions, owner, a file in the way.
        case unwritable
        /// The file, its folder or its disk can be read only.
        case readOnly
        /// The disk or a quota is full.
        case diskFull
        /// Another process held a lock for longer than the limit.
        case busy
        /// The folder is on a file system that WAL can't work on.
        case networkFileSystem
        /// No such artifact, agent, issue.
        case notFound
        /// Several artifacts begin like that.
        case ambiguous
        /// An artifact's bytes are not what its name says (I8).
        case corruptArtifact
        /// Something is larger than the caller allows.
        case tooLarge
        /// A typed query asks for what it may not.
        case refusedQuery
        /// A typed query, or a filter, is not understood.
        case invalidQuery
        /// A query took longer than its limit.
        case tooSlow
        /// An exported folder is not what `orch export` writes.
        case invalidExport
        /// What is to be made exists already.
        case alreadyExists
    }

    /// The kind.
    package var code: Code
    /// What, where, and what to do.
    package var message: String

    /// An error saying what, where and what to do.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    package var description: String { message }
}
