import CSQLite

/// A look at a database's file without reading it as a database.
public enum FileBeginning {
    /// The first bytes of a file, fewer when it is shorter, and its size.
    ///
    /// SQLite's own file handling reads them, and no `open(2)` beside it: POSIX locks belong to the process, so that closing any descriptor of a
    /// file drops the locks of all connections that the process has to it (<https://sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_>).
    /// Another program would then take the database for unused, and remove the log from under it.
    ///
    /// - Throws: `SQLiteError`: `SQLITE_CANTOPEN` when the file is missing or out of reach, `SQLITE_IOERR` when it can't be read.
    public static func read(_ path: String, count: Int) throws(SQLiteError) -> (bytes: [UInt8], size: Int) {
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(
            path,
            &opened,
            SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
            nil
        )
        defer { sqlite3_close_v2(opened) }
        guard code == SQLITE_OK, let opened else {
            throw SQLiteError(extendedCode: code, message: String(cString: sqlite3_errstr(code)))
        }
        var file: UnsafeMutablePointer<sqlite3_file>?
        try check(sqlite3_file_control(opened, "main", SQLITE_FCNTL_FILE_POINTER, &file))
        guard let file, let methods = file.pointee.pMethods?.pointee, let xRead = methods.xRead,
            let xFileSize = methods.xFileSize
        else { throw SQLiteError(extendedCode: SQLITE_CANTOPEN, message: "SQLite opened no file") }
        var size: sqlite3_int64 = 0
        try check(xFileSize(file, &size))
        let length = min(count, Int(size))
        var bytes = [UInt8](repeating: 0, count: length)
        if length > 0 { try check(xRead(file, &bytes, Int32(length), 0)) }
        return (bytes, Int(size))
    }

    private static func check(_ code: Int32) throws(SQLiteError) {
        guard code == SQLITE_OK else {
            throw SQLiteError(extendedCode: code, message: String(cString: sqlite3_errstr(code)))
        }
    }
}
