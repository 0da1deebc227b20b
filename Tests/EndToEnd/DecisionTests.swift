import Foundation
import Glibc
import ModelServer
import OrchCore
import OrchStore
import OrchTestSupport
import SQLite
import Testing

/// Who decides what, and what is told of it, with the real codex.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct DecisionTests {
    @Test func `with autopilot off, decisions are recorded and the orchestrator is told once`() async throws {
        let close = "{\"close\":{\"agent\":\"iss-1\",\"outcome\":\"done\"}}"
        let scenario = ScriptedScenario([
            .worker("Small work", [.exec("echo ok"), .done]),
            .orchestrator { request in
                // Twice as a block, once as a tool: neither is carried out.
                let asks = request.lastUserText.contains("AGENT_UPDATE") || request.lastUserText.contains("SUPPRESSED")
                guard asks else { return .message("Nothing to decide.") }
                if request.lastUserText.contains("SUPPRESSED"), request.position == 0 {
                    return ModelResponse([
                        .toolCall(name: "orch_close", arguments: ["agent": "iss-1", "outcome": "done"])
                    ])
                }
                return .message("It is done.\n```control\n\(close)\n```")
            },
        ])
        try await withStage(scenario) { stage, model in
            try await stage.file("Small work")
            try stage.startDaemon()
            try await stage.until(
                "all was decided and told",
                """
                SELECT (SELECT count(*) FROM decision) = 3
                    AND (SELECT count(*) FROM turn WHERE status IN ('queued', 'submitting', 'running')) = 0
                """
            )
            let rows = try await stage.query("decisions")
            #expect(rows.allSatisfy { $0["status"] == "suppressed" && $0["reason"] == "autopilot is off" }, "\(rows)")
            #expect(try stage.value("SELECT count(*) FROM digest_entry WHERE kind = 'SUPPRESSED'") == 1)
            let answer = model.log.kept.flatMap(\.outputsSinceLastUser).first { $0.text.contains("suppressed") }
            #expect(answer != nil, "a call of a tool is answered with what became of it")
            #expect(try stage.value("SELECT phase FROM issue") == "running")
            // A person acts.
            try await stage.did("agent", "close", "iss-1", "--outcome", "done")
            try await stage.until(issue: 1, "done")
            #expect(try stage.value("SELECT count(*) FROM decision WHERE status <> 'suppressed'") == 0)
        }
    }

    @Test func `without an orchestrator, the reports' own words decide`() async throws {
        let scenario = ScriptedScenario([
            .worker("In two steps") {
                $0.mentions(Prompts.goOn.prefix(20).description)
                    ? .done : .message("### Summary\nHalf of it.\n\nStatus: continue")
            },
            .worker("Not to be done", [.message("### Summary\nNo.\n\nStatus: blocked by a missing key")]),
        ])
        try await withStage(scenario) { stage, _ in
            try await stage.file("In two steps")
            try await stage.file("Not to be done")
            try stage.startDaemon("--no-orchestrator")
            try await stage.until(issue: 1, "done")
            try await stage.until(issue: 2, "stalled")
            #expect(try stage.value("SELECT count(*) FROM agent WHERE role = 'orchestrator'") == 0)
            #expect(try stage.value("SELECT count(*) FROM turn WHERE agent = 1") == 2)
            let why = try await stage.did("explain", "2")
            #expect(why.contains("blocked") && why.contains("a missing key"), "\(why)")
        }
    }

    @Test func `WORKFLOW.md is read again from each commit of the base branch; a wrong one keeps the last good one`()
        async throws
    {
        try await withStage(ScriptedScenario([])) { stage, _ in
            try stage.startDaemon("--no-orchestrator")
            try await stage.until("the hub runs", "SELECT count(*) FROM hub WHERE wip = 2 AND state = 'running'")
            // Not committed: it counts for nothing, and what follows shows that it was not read.
            try stage.write(settings: "wip: 9")
            try await stage.commit(settings: "wip: 5, debounce: 100ms")
            try await stage.until("the new limit holds", "SELECT count(*) FROM hub WHERE wip = 5")
            try await stage.commit(settings: "wip: -1, chekin: 5m, budget: soon")
            try await stage.until(
                "it is said what is wrong",
                "SELECT count(*) FROM event WHERE kind = 'settings.invalid'"
            )
            let data = try #require(
                try stage.value("SELECT data FROM event WHERE kind = 'settings.invalid'", as: String.self)
            )
            for word in ["wip", "chekin", "checkin", "budget", "soon"] {
                #expect(data.contains(word), "\(word): \(data)")
            }
            #expect(try stage.value("SELECT wip FROM hub") == 5)
            #expect(stage.words().contains("settings.invalid"))
            // The daemon works on with the last good ones.
            try await stage.file("Anything")
            try await stage.until(issue: 1, "done")
            try await stage.commit(settings: "wip: 7")
            try await stage.until("it was put right", "SELECT count(*) FROM hub WHERE wip = 7")
            #expect(try stage.value("SELECT count(*) FROM event WHERE kind = 'settings.invalid'") == 1)

            // Before a start, wrong settings are an error.
            _ = try await stage.stopDaemon()
            try await stage.commit(settings: "wip: many")
            let refused = try stage.makeDaemon([], log: stage.directory.path + "/refused.log")
            let code = try await refused.end()
            #expect(code == 78)
            #expect(try stage.directory.read("refused.log").contains("wip"))
        }
    }

    @Test(arguments: [true, false])
    func `I3: five command lines at once lose nothing`(withDaemon: Bool) async throws {
        try await withStage(ScriptedScenario([])) { stage, _ in
            if withDaemon {
                try stage.startDaemon("--no-orchestrator")
                try await stage.until("the hub runs", "SELECT count(*) FROM hub WHERE state = 'running'")
            }
            let setup = (stage.orch, stage.repository, stage.environment, stage.directory.path)
            let failures = await withTaskGroup(of: [String].self) { group in
                for number in 1...5 {
                    group.addTask {
                        var failures: [String] = []
                        let log = "\(setup.3)/cli-\(number).log"
                        for step in 1...4 {
                            do {
                                let arguments = ["issue", "new", "Issue \(number).\(step)", "--label", "by:\(number)"]
                                let program = try Program(
                                    setup.0,
                                    arguments,
                                    in: setup.1,
                                    environment: setup.2,
                                    output: log,
                                    errors: log
                                )
                                let code = try await program.end()
                                if code != 0 { failures.append("\(number).\(step): exit code \(code)") }
                            } catch { failures.append("\(error)") }
                        }
                        if !failures.isEmpty {
                            failures.append((try? String(contentsOfFile: log, encoding: .utf8)) ?? "")
                        }
                        return failures
                    }
                }
                return await group.reduce(into: []) { $0 += $1 }
            }
            #expect(failures.isEmpty, "\(failures)")
            #expect(try stage.value("SELECT count(*) FROM issue") == 20)
            #expect(try stage.value("SELECT count(DISTINCT title) FROM issue") == 20)
            #expect(try stage.value("SELECT max(number) FROM issue") == 20)
            #expect(try stage.value("SELECT count(*) FROM issue_label WHERE name LIKE 'by:%' AND wanted") == 20)
            #expect(try stage.value("SELECT count(*) FROM command WHERE status = 'done'") == 20)
        }
    }
}
