import OrchCore
import Settings
import Testing

struct FlagTests {
    @Test
    func `flags win over the file, and are known as such`() throws {
        var flags = SettingsOverrides()
        flags.wip = 0
        flags.checkinMs = 1_000
        flags.budgetMs = 2_000
        flags.tokensMax = 5
        flags.model = "m"
        flags.codexPath = "/c"
        flags.appServer = .stdio
        flags.dangerous = true
        flags.autopilot = false
        flags.orchestrator = false
        flags.mirror = true
        let settings = try load("orch: {wip: 9, autopilot: true, model: x, stale: 2m}", flags: flags)
        var expected = HubSettings()
        expected.wip = 0
        expected.checkinMs = 1_000
        expected.budgetMs = 2_000
        expected.tokensMax = 5
        expected.model = "m"
        expected.codexPath = "/c"
        expected.appServer = .stdio
        expected.dangerous = true
        expected.orchestrator = false
        expected.mirror = true
        expected.staleMs = 120_000
        expected.sources = [
            "wip": .flag, "checkin": .flag, "budget": .flag, "tokens": .flag, "model": .flag, "codex_path": .flag,
            "app_server": .flag, "dangerous": .flag, "autopilot": .flag, "orchestrator": .flag, "mirror": .flag,
            "stale": .workflow,
        ]
        #expect(settings == expected)
    }

    @Test
    func `flags that were not given change nothing`() throws {
        let settings = try load("orch: {wip: 9}", flags: SettingsOverrides())
        #expect(settings.wip == 9)
        #expect(settings.sources == ["wip": .workflow])
    }

    @Test
    func `a flag does not hide what is wrong in the file`() {
        var flags = SettingsOverrides()
        flags.wip = 1
        #expect(refusal("---\norch: {wip: x}\n---", flags: flags)?.problems.map(\.key) == ["orch.wip"])
    }
}
