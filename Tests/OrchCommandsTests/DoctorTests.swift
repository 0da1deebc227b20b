import OrchCore
import OrchTestSupport
import Testing

@testable import OrchCommands

/// What `orch doctor` finds in the repository and in codex, with the real git and a codex of the test's.
@Suite struct DoctorTests {
    private func doctor(_ directory: TemporaryDirectory, codex: String) async throws -> [JSONValue] {
        let program = directory.file("codex-of-the-test")
        try TemporaryDirectory.install("#!/bin/sh\n\(codex)\n", at: program)
        let home = try directory.folder("home")
        let console = Console(directory: directory.path, environment: ["PATH": "/usr/bin:/bin", "HOME": home])
        return try #require(await console.run("doctor", "--json", "--codex-path", program).json?.arrayValue)
    }

    @Test(
        arguments: [
            ("exit 0", "ok", "works"), ("exit 2", "info", "can't be asked"),
            ("echo 'bwrap: No permissions to create a new namespace' >&2; exit 1", "problem", "No permissions"),
            ("exit 101", "problem", "codex ended with 101"),
        ]
    )
    func `doctor tries codex's sandbox`(sandbox: String, level: String, words: String) async throws {
        let directory = try await TestRepository.make()
        let codex = "case $1 in --version) echo codex-cli 0.163.0;; login) echo in;; sandbox) \(sandbox);; esac"
        let found = try #require(try await doctor(directory, codex: codex).first { $0["check"] == "codex sandbox" })
        #expect(found["level"]?.stringValue == level)
        #expect(found["detail"]?.stringValue?.contains(words) == true, "\(found)")
    }

    @Test func `doctor names files among the branches that are none`() async throws {
        let directory = try await TestRepository.make()
        try directory.write(".git/refs/heads/ai/other", "junk\n")
        let findings = try await doctor(directory, codex: "echo codex-cli 0.163.0").filter { $0["check"] == "branches" }
        #expect(findings.count == 1)
        #expect(findings.first?["level"] == "warning")
        #expect(findings.first?["detail"]?.stringValue?.hasPrefix("refs/heads/ai/other names no commit") == true)
        #expect(findings.first?["mend"]?.stringValue == "remove the file \(directory.path)/.git/refs/heads/ai/other")
    }
}
