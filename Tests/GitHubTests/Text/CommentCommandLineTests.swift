import OrchCore
import Testing

@testable import GitHub

struct CommentCommandLineTests {
    private func commands(_ body: String) -> [CommentCommand?] {
        CommentCommandLine.all(in: body).map { try? $0.command.get() }
    }

    @Test(
        arguments: [
            ("/orch status", .status), ("/orch stop", .stop), ("/orch retry", .retry), ("/ORCH Stop", .stop),
            ("/orch budget 30m", .budget(ms: 1_800_000)), ("/orch budget 1h 30m", .budget(ms: 5_400_000)),
            ("/orch checkin 5m", .checkin(ms: 300_000)), ("/orch approve 7", .approve(id: 7)),
            ("/orch approve #7", .approve(id: 7)),
            ("/orch  deny\t12 ", .deny(id: 12)), ("   /orch stop\r", .stop),
        ] as [(String, CommentCommand)]
    )
    func `each command is read`(line: String, command: CommentCommand) {
        #expect(commands(line) == [command])
        #expect(commands("Please:\n\n\(line)\n\nthank you") == [command])
    }

    @Test(arguments: [
        "/orch", "/orch dance", "/orch stop now", "/orch budget", "/orch budget soon", "/orch budget 0m",
        "/orch checkin -5m",
        "/orch approve", "/orch approve x", "/orch approve 1 2", "/orch deny 0", "/orch deny -1",
        "/orch approve 99999999999999999999",
    ])
    func `what is none says what there is`(line: String) throws {
        let found = CommentCommandLine.all(in: line)
        #expect(found.count == 1)
        #expect(found[0].text == line)
        let refusal = #expect(throws: Refusal.self) { try found[0].command.get() }
        #expect(refusal?.reason.isEmpty == false)
    }

    @Test func `an unknown command is told all commands, and its own text harmless`() throws {
        let found = try #require(CommentCommandLine.all(in: "/orch `@all`").first)
        let refusal = #expect(throws: Refusal.self) { try found.command.get() }
        #expect(refusal?.reason.hasPrefix("`'@all'` is no command; there are `/orch status`, ") == true)
    }

    @Test(arguments: [
        "> /orch stop", "```\n/orch stop\n```", "~~~sh\n/orch stop", "    /orch stop", "\t/orch stop", "- /orch stop",
        "please /orch stop", "`/orch stop`", "<!-- /orch stop -->", "<!--\n/orch stop\n-->", "/orchestra stop", "/orc",
        "//orch stop",
        "<!-- orch:event -->\n/orch stop", "",
    ])
    func `what is quoted, code or hidden is not meant`(body: String) {
        #expect(CommentCommandLine.all(in: body) == [])
    }

    @Test func `several commands keep their order, and there is a limit`() {
        #expect(commands("/orch stop\n> quoted\n/orch budget 5m") == [.stop, .budget(ms: 300_000)])
        let many = CommentCommandLine.all(in: String(repeating: "/orch status\n", count: 50))
        #expect(many.count == 11)
        #expect(throws: Refusal.self) { try many[10].command.get() }
    }
}
