import Hub
import OrchCore
import OrchStore
import OrchTestSupport
import SQLite
import Settings

/// The whole hub in virtual time: the clock, the inputs and the fate of each effect belong to the test.
final class World {
    let store: TestStore
    let codex: FakeCodex
    var settings = HubSettings()
    var repository = "/repo"
    var socket = "/s"
    var fingerprint = "f1"
    /// Where the issues are, if not in the database; looked at every second.
    var gitHub: FakeGitHub?
    private var nextPollMs: Int64 = 0
    /// Whether the daemon has ended by itself.
    private(set) var hasStopped = false
    private(set) var now = Moment(wallMs: TestStore.startMs, monotonicMs: 0)
    private var hub: Hub?
    private var random: SeededGenerator
    private var inputs: [Input] = []
    private var inFlight: [(at: Int64, row: OutboxRecord)] = []
    private var wakeAtMs: Int64 = 0
    private var server: Int64?
    private var isLinked = false
    private var ids = 0
    /// How often each message reached a thread and was written down there.
    var faults: [String] = []
    private(set) var mostAgents = 0
    private(set) var hubKills = 0
    private(set) var serverKills = 0

    init(seed: UInt64, model: @escaping (Bool, String, [String]) -> (commands: Int, message: String)) throws {
        store = try TestStore.inMemory()
        random = SeededGenerator(seed: seed)
        codex = FakeCodex(random: SeededGenerator(seed: seed &+ 1), model: model)
    }

    var tables: HubTables { store.tables }

    func startHub() {
        hub = Hub(
            db: store.db,
            settings: settings,
            environment: Hub.Environment(
                makeID: { [self] in
                    ids += 1
                    return "id-\(ids)"
                },
                unitRandom: { 0.5 },
                pid: 1,
                host: "test",
                version: "0",
                repository: repository,
                baseBranch: "main",
                appServerMode: "socket",
                socketPath: socket,
                fingerprint: fingerprint
            ),
            now: now
        )
        inputs = [.started]
        wakeAtMs = 0
        hasStopped = false
    }

    /// `kill -9` of the daemon: what it was doing was done, or not; it will never say.
    func killHub() {
        guard hub != nil else { return }
        hubKills += 1
        for effect in inFlight where Bool.random(using: &random) { _ = perform(effect.row) }
        inFlight = []
        inputs = []
        hub = nil
        isLinked = false
        codex.disconnect()
    }

    func killServer() {
        serverKills += 1
        codex.kill()
        if isLinked, let server, hub != nil { inputs.append(.disconnected(server: server, reason: "killed")) }
        isLinked = false
    }

    /// Something that the poller tells.
    func see(_ seen: [Input]) { inputs += seen }

    /// Inserts a command as a CLI does.
    func command(_ kind: String, _ payload: JSONValue) throws {
        _ = try CommandQueue(store.db).insert(kind, payload, source: "test", nowMs: now.wallMs)
        inputs.append(.commandsWaiting)
    }

    /// The machine sleeps: the wall clock runs on, the monotonic one does not.
    func suspend(_ ms: Int64) { now.wallMs += ms }

    /// Lets time pass, in steps as fine as something happens.
    func run(for ms: Int64, step: Int64 = 100) throws {
        let end = now.wallMs + ms
        while now.wallMs < end { try tick(step) }
    }

    /// Lets time pass until nothing is open any more: no turn, no deed, no issue that waits.
    func runUntilQuiet(limit ms: Int64) throws {
        let end = now.wallMs + ms
        while now.wallMs < end {
            try run(for: 5_000)
            let open: Int? = try store.db.scalar(
                """
                SELECT (SELECT count(*) FROM turn WHERE status IN ('queued', 'submitting', 'running'))
                    + (SELECT count(*) FROM outbox WHERE status IN ('pending', 'performing'))
                    + (SELECT count(*) FROM issue WHERE phase IN ('queued', 'running'))
                    + (SELECT count(*) FROM digest_entry WHERE digest IS NULL)
                """
            )
            if open == 0, inputs.isEmpty, inFlight.isEmpty { return }
        }
    }

    func tick(_ ms: Int64) throws {
        now.wallMs += ms
        now.monotonicMs += ms
        let said = codex.advance(to: now.wallMs)
        guard let hub else { return }
        if let gitHub, now.wallMs >= nextPollMs {
            nextPollMs = now.wallMs + 1_000
            inputs += try gitHub.poll(tables)
        }
        if isLinked, let server { inputs += said.map { .codex(server: server, $0) } }
        for effect in inFlight where effect.at <= now.wallMs {
            inputs.append(.settled(effect: effect.row.id, perform(effect.row)))
        }
        inFlight.removeAll { $0.at <= now.wallMs }
        guard !inputs.isEmpty || wakeAtMs <= now.wallMs else { return }
        let batch = inputs.isEmpty ? [.tick] : inputs
        inputs = []
        let outcome = try hub.step(batch, now: now)
        faults += outcome.faults
        if outcome.mustStop {
            hasStopped = true
            killHub()
            return
        }
        wakeAtMs = outcome.wakeAtMs
        for row in outcome.effects { inFlight.append((now.wallMs + Int64.random(in: 5...300, using: &random), row)) }
        mostAgents = max(mostAgents, try tables.agents.wipUsed())
    }

    private func perform(_ row: OutboxRecord) -> EffectResult {
        guard let effect = try? Effect(row) else { return .failed(code: .other, reason: "unreadable") }
        // The fake never throws but for a broken database, which the next step reports.
        if let result = try? gitHub?.perform(effect, tables, at: now.wallMs) { return result }
        switch effect {
        case .startAppServer(let it):
            codex.start()
            server = it.server
            return .done(.appServer(pid: 7, startTime: 1, bootID: "b"))
        case .connect(let it):
            guard codex.isAlive, server == it.server else {
                return .failed(code: .serverGone, reason: "the process is gone")
            }
            isLinked = hub != nil
            return .done(.connected(version: "0.163.0"))
        case .endAppServer:
            killServer()
            return .done(.nothing)
        case .prepareWorkspace(let it):
            return .done(
                .workspace(
                    path: repository + "/.worktrees/\(it.folder)",
                    branch: it.branch,
                    baseCommit: "b0",
                    head: "b0",
                    reused: false
                )
            )
        case .inspectWorkspace(let it):
            return .done(
                .inspected(
                    WorkspaceFacts(branch: it.branch, head: "b1", commitsAhead: 1, uncommitted: [], text: "clean")
                )
            )
        case .runExec: return .done(.exec(exitCode: 0, output: "ok"))
        case .runHook: return .done(.nothing)
        case .setLabels(let it): return .done(.labels(observed: (try? tables.issues.labels(it.issue)) ?? []))
        case .postComment(let it):
            let id = try? tables.issues.comment(
                it.issue,
                author: "orch",
                body: it.body,
                marker: it.marker,
                nowMs: now.wallMs
            )
            return .done(.comment(id: id.flatMap { $0 } ?? 0))
        default: return performInCodex(effect, attempts: row.attempts)
        }
    }

    private func performInCodex(_ effect: Effect, attempts: Int) -> EffectResult {
        guard codex.isAlive else { return .retry(reason: "not connected") }
        switch effect {
        case .startThread where codex.isDraining, .submitTurn where codex.isDraining:
            return .later(reason: "Server is draining", isDraining: true)
        case .startThread(let it):
            return .done(.thread(id: codex.startThread(isOrchestrator: it.thread.role == "orchestrator")))
        case .syncThread(let it):
            guard let history = codex.resume(it.threadID) else {
                return .failed(code: .noRollout, reason: "no rollout found")
            }
            return .done(.history(history))
        case .submitTurn(let it):
            if attempts > 1, let turn = codex.find(it.turn, in: it.threadID) {
                return .done(.accepted(codexTurn: turn, found: true))
            }
            guard let turn = codex.submit(it.turn, text: it.text, to: it.threadID, steers: it.steers, now: now.wallMs)
            else {
                return .failed(code: .notActive, reason: "no active turn to steer")
            }
            return .done(.accepted(codexTurn: turn, found: false))
        case .interruptTurn(let it):
            codex.interrupt(it.codexTurn, in: it.threadID)
            return .done(.nothing)
        default: return .done(.nothing)
        }
    }
}
