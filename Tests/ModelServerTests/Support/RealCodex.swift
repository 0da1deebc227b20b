import Foundation

/// Where the real Codex is.
enum RealCodex {
    /// The executable of `ORCH_TEST_CODEX`, else the one that `Scripts/setup` installs.
    static let path: String? = {
        let repository = URL(filePath: #filePath).appending(path: "../../../..").standardized
        let candidates: [String?] = [
            ProcessInfo.processInfo.environment["ORCH_TEST_CODEX"],
            repository.appending(path: ".tools/codex/bin/codex").path,
        ]
        return candidates.compactMap { $0 }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }()
}
