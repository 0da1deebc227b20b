import Foundation

/// Where the real codex is.
enum RealCodex {
    /// The program of `ORCH_TEST_CODEX`, else the one that `Scripts/setup` installs.
    static func path() throws -> String {
        let named = ProcessInfo.processInfo.environment["ORCH_TEST_CODEX"]
        let installed = URL(filePath: #filePath).appending(path: "../../../../.tools/codex/bin/codex").standardized.path
        let path = named ?? installed
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw Missing(description: "no codex at \(path): run Scripts/setup, or set ORCH_TEST_CODEX to its path")
        }
        return path
    }

    struct Missing: Error, CustomStringConvertible { var description: String }
}
