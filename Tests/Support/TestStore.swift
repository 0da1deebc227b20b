package import OrchStore
package import SQLite

/// A database with all migrations, for a test: in memory, or on the disk of a folder of its own.
package struct TestStore {
    /// The folder of the test; nil in memory.
    ///
    /// Gone when the last copy of this value is.
    package let directory: TemporaryDirectory?
    package let folder: OrchFolder?
    package let db: Connection
    package let tables: HubTables

    /// A database in memory.
    package static func inMemory() throws -> TestStore {
        try TestStore(directory: nil, folder: nil, db: Store.inMemory(nowMs: Self.startMs))
    }

    /// A database on the disk.
    package static func onDisk(role: Store.Role = .client) throws -> TestStore {
        let directory = try TemporaryDirectory()
        let folder = OrchFolder(repository: directory.path)
        return TestStore(
            directory: directory,
            folder: folder,
            db: try Store.open(folder, role: role, nowMs: Self.startMs)
        )
    }

    /// When tests begin: 2026-01-01T00:00:00Z.
    package static let startMs: Int64 = 1_767_225_600_000

    /// Another connection to the same file.
    package func another(role: Store.Role = .client) throws -> Connection {
        guard let folder else { throw TestSupportError(description: "a database in memory has one connection") }
        return try Store.open(folder, role: role, nowMs: Self.startMs)
    }

    /// Makes rows in it.
    package var rows: RowFactory { RowFactory(tables) }

    private init(directory: TemporaryDirectory?, folder: OrchFolder?, db: Connection) {
        self.directory = directory
        self.folder = folder
        self.db = db
        tables = HubTables(db)
    }
}

/// An in-memory connection with all migrations applied.
package func makeStore() throws -> Connection {
    try TestStore.inMemory().db
}
