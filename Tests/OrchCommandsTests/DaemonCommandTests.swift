import ArgumentParser
import Hub
import Settings
import Testing

@testable import OrchCommands

/// `orch daemon`.
@Suite struct DaemonCommandTests {
    @Test func `the flags of the daemon are settings`() throws {
        let arguments = [
            "daemon", "--wip", "5", "--checkin", "2m", "--budget", "1h", "--tokens", "9000", "--model", "m",
            "--codex-path",
            "./codex", "--app-server", "stdio", "--dangerous", "--autopilot-off", "--no-orchestrator", "--mirror",
            "--log-format", "json", "--seed", "Begin.",
        ]
        let command = try #require(try OrchCommand.parseAsRoot(arguments) as? DaemonCommand)
        let context = Console(directory: "/here").context()
        let overrides = command.overrides(context)
        #expect(overrides.wip == 5)
        #expect(overrides.checkinMs == 120_000)
        #expect(overrides.budgetMs == 3_600_000)
        #expect(overrides.tokensMax == 9_000)
        #expect(overrides.model == "m")
        #expect(overrides.codexPath == "/here/./codex")
        #expect(overrides.appServer == .stdio)
        #expect(overrides.dangerous == true)
        #expect(overrides.autopilot == false)
        #expect(overrides.orchestrator == false)
        #expect(overrides.mirror == true)
        #expect(command.logs.logFormat == .json)
        #expect(try command.decisions.message(context) == "Begin.")

        let none = try #require(try OrchCommand.parseAsRoot(["daemon"]) as? DaemonCommand)
        #expect(none.overrides(context) == .init())
    }
}
