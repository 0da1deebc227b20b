import SQLite

/// A database in memory with the tables of a script.
func memory(_ script: String = "") throws -> Connection {
    let db = try Connection(path: ":memory:", .readWrite(create: true))
    try db.execute(script)
    return db
}

/// What a test throws to see it come back.
struct Stop: Error {}
