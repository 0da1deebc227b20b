import Foundation

/// Where the programs under test are.
enum Installation {
    /// The folder of the package.
    static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The `orch` that was built with these tests: it stands beside their own executable.
    static func orch() throws -> String {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        var folder = URL(filePath: own).deletingLastPathComponent()
        for _ in 0..<4 {
            let candidate = folder.appending(path: "orch").path
            if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
            folder.deleteLastPathComponent()
        }
        let built = package.appending(path: ".build/debug/orch").path
        guard FileManager.default.isExecutableFile(atPath: built) else {
            throw EndToEndError("orch was not built: no executable beside \(own), nor \(built)")
        }
        return built
    }

    /// The real codex, that `Scripts/setup` installs.
    static func codex() throws -> String {
        let path =
            ProcessInfo.processInfo.environment["ORCH_TEST_CODEX"]
            ?? package.appending(path: ".tools/codex/bin/codex").path
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw EndToEndError("there is no codex at \(path): run Scripts/setup")
        }
        return path
    }
}

/// What keeps an end-to-end test from going on.
struct EndToEndError: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}
