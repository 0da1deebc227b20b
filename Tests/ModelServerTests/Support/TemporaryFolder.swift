import Foundation

/// Runs a body with a folder of its own, and removes it.
func withTemporaryFolder<T>(_ body: (String) async throws -> T) async throws -> T {
    let folder = FileManager.default.temporaryDirectory.appending(
        path: "orch-model-\(UUID().uuidString)",
        directoryHint: .notDirectory
    )
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }  // the system's temporary folder is swept anyway
    return try await body(folder.path)
}
