package import SQLite

extension StoreError {
    /// What an error of SQLite means for the person whose database it is, and what to do.
    ///
    /// For the errors that come from outside; one that a constraint raised is ours, and is told as it is.
    package init(_ error: SQLiteError, path: String) {
        let (code, words): (Code, String) =
            if error.isNotADatabase {
                (.notADatabase, "\(path) is no SQLite database: move it away; \(BackupAdvice.words(for: path))")
            } else if error.isCorrupt {
                (
                    .corrupted,
                    "the database \(path) is damaged: stop the hub, and keep a copy; \(BackupAdvice.words(for: path))"
                )
            } else if error.isFull {
                (
                    .diskFull,
                    "the disk that holds \(path) is full: free some room and try again; nothing that was stored is lost"
                )
            } else if error.isReadOnly {
                (.readOnly, "\(path) can't be written: make the file, its folder and its disk writable for you")
            } else if error.isBusy {
                (.busy, "\(path) is locked by another process for too long: see `orch status`, and try again")
            } else if error.cannotOpen {
                (.unwritable, "\(path) can't be opened: check that its folder exists and is yours")
            } else if error.isInputOutput {
                (.unwritable, "the disk that holds \(path) fails: look at the system's log")
            } else {
                (.unwritable, "the database \(path) refuses")
            }
        self.init(code, "\(words) (SQLite \(error.extendedCode): \(error.message))")
    }
}
