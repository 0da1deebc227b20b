import Glibc
import OrchStore
import OrchTestSupport
import SQLite
import Testing

/// The permission bits of a file.
func mode(_ path: String) throws -> UInt32 {
    var info = stat()
    try #require(lstat(path, &info) == 0, "no file \(path)")
    return info.st_mode & 0o7777
}

/// Expects a `StoreError` of a kind, with these words in its message.
func expectStoreError<T>(
    _ code: StoreError.Code,
    _ words: String...,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () throws -> T
) {
    let error = #expect(throws: StoreError.self, sourceLocation: sourceLocation) { _ = try body() }
    #expect(error?.code == code, sourceLocation: sourceLocation)
    for word in words {
        #expect(
            error?.message.contains(word) == true,
            "\(error?.message ?? "") lacks \(word)",
            sourceLocation: sourceLocation
        )
    }
}

/// Expects SQLite to refuse, with these words.
func expectRefused<T>(
    _ words: String,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () throws -> T
) {
    let error = #expect(throws: SQLiteError.self, sourceLocation: sourceLocation) { _ = try body() }
    #expect(error?.isConstraint == true, sourceLocation: sourceLocation)
    #expect(
        error?.message.contains(words) == true,
        "\(error?.message ?? "") lacks \(words)",
        sourceLocation: sourceLocation
    )
}
