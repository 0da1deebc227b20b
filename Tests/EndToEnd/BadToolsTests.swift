import Foundation
import ModelServer
import OrchCore
import OrchStore
import OrchTestSupport
import SQLite
import Testing

/// codex and git that are missing, too old, or something else.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct BadToolsTests {
    @Test(arguments: [
        ("echo codex-cli 0.99.0", "codex 0.99.0", "is too old: 0.150 or later is needed"),
        ("echo hello; echo there", "is not codex", "it says \"hello there"), ("exit 3", "is not codex", "\"\""),
        ("echo codex-cli next", "is not codex", "codex-cli next"),
    ])
    func `a codex that is too old, or none, is refused before anything starts`(
        script: String,
        what: String,
        why: String
    ) async throws {
        let stage = try await Stage()
        let fake = try stage.directory.program("codex-fake", "#!/bin/sh\n\(script)\n")
        try await stage.orch("daemon", "--codex-path", fake).expectRefusal(69, what, why, fake)
        try await stage.orch("demo", "--codex-path", fake).expectRefusal(69, what, why, fake)
        let doctor = try await stage.orch("doctor", "--codex-path", fake)
        #expect(doctor.code == 1 && doctor.output.contains(what) && doctor.output.contains("problem  codex"))
        #expect(try stage.value("SELECT epoch FROM hub") == 0)
    }

    @Test func `a missing codex is refused, saying how it is named`() async throws {
        let stage = try await Stage()
        try await stage.orch("daemon").expectRefusal(69, "codex is not on the PATH", "--codex-path")
        try await stage.orch("daemon", "--codex-path", "nowhere/codex")
            .expectRefusal(69, "there is no program at \(stage.repository)/nowhere/codex")
        try await stage.orch("daemon", "--codex-path", "codex-next").expectRefusal(69, "codex-next is not on the PATH")
        try await stage.commit(settings: "codex_path: /nowhere/codex")
        try await stage.orch("daemon").expectRefusal(69, "there is no program at /nowhere/codex")
        let doctor = try await stage.orch("doctor")
        #expect(doctor.code == 1 && doctor.output.contains("/nowhere/codex"), "\(doctor)")
    }

    @Test func `a codex whose server ends at its start is told with its last words, until it works`() async throws {
        try await withStage(ScriptedScenario([])) { stage, _ in
            try await stage.file("Wait for codex")
            let fake = stage.directory.file("codex-fake")
            let dies = "#!/bin/sh\n[ \"$1\" = --version ] && exec '\(stage.codex)' --version\n"
            try TemporaryDirectory.install(dies + "printf 'no \\033[31msuch\\033[0m thing\\n' >&2\nexit 3\n", at: fake)
            try stage.startDaemon("--no-orchestrator", "--codex-path", fake)
            try await stage.until(
                "it was tried again",
                "SELECT count(*) >= 3 FROM app_server WHERE state = 'ended' AND reason LIKE '%no such thing%'"
            )
            #expect(try stage.value("SELECT phase FROM issue") == "running")
            #expect(stage.words().contains("no such thing") && !stage.words().contains("\u{1B}"))
            let status = try await stage.did("status")
            #expect(status.contains("no such thing") || status.contains("starting"), "\(status)")
            try TemporaryDirectory.install("#!/bin/sh\nexec '\(stage.codex)' \"$@\"\n", at: fake)
            try await stage.until(issue: 1, "done")
            #expect(try stage.value("SELECT attempts FROM issue") == 0)
        }
    }

    @Test(arguments: [
        ("echo git version 2.29.9", "needs 2.30.0 or newer"), ("echo hello", "does not tell its version"),
        ("exit 3", "does not tell its version"), (nil, "there is no git in PATH"),
    ])
    func `a git that is missing, too old, or none, is refused`(script: String?, why: String) async throws {
        let stage = try await Stage()
        try stage.directory.folder("bin")
        if let script { try stage.directory.program("bin/git", "#!/bin/sh\n\(script)\n") }
        let path = ["PATH": stage.directory.file("bin")]
        for words in [["daemon", "--codex-path", stage.codex], ["init"], ["issue", "new", "Anything"]] {
            let said = try await stage.run(stage.orch, words, environment: path)
            said.expectRefusal(69, why)
        }
        let doctor = try await stage.orch("doctor", "--codex-path", stage.codex, environment: path)
        #expect(doctor.code == 1 && doctor.output.contains(why) && doctor.output.contains("problem  git"), "\(doctor)")
        #expect(try !stage.directory.list("project").contains(".orch"))
    }
}
