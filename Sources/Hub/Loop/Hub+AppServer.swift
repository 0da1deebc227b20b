import OrchCore
import OrchStore
import Settings

extension Hub {
    /// The daemon begins: a new epoch, and what the last one was performing is to be found out.
    func start() throws {
        let before = try tables.hub.get()
        epoch = try tables.hub.start(
            pid: environment.pid,
            host: environment.host,
            version: environment.version,
            repository: environment.repository,
            baseBranch: environment.baseBranch,
            settings: settings.json.canonicalText,
            nowMs: nowMs
        )
        try applySettings(before: before.settings)
        let reclaimed = try tables.outbox.reclaim(before: epoch)
        let downMs = before.heartbeatAtMs.map { max(0, nowMs - $0) }
        try tables.events.append(
            "hub.started",
            [
                "epoch": .integer(epoch), "pid": .integer(environment.pid), "host": .string(environment.host),
                "version": .string(environment.version), "reclaimed": .integer(Int64(reclaimed)),
                "down_ms": downMs.map { .integer($0) } ?? .null, "clean": .bool(before.state != "running"),
            ],
            nowMs: nowMs
        )
        lastCharge = now
        try cancelStale()
        if let old = before.repository, old != environment.repository { try moveIn(from: old) }
        if let server = try tables.appServers.live() {
            switch (server.state, server.mode) {
            case (_, "stdio"): try appServerEnded(server.id, reason: "it was a child of a hub that ended")
            case _ where server.socket != environment.socketPath && environment.appServerMode == "socket":
                // A copy or an import of another repository's database: that server is not ours to use, nor to end.
                try appServerEnded(server.id, reason: "it belongs to the repository that this database came from")
            case ("running", _): try wantConnection(server)
            default: break  // its start is in the outbox, and finds it by its token
            }
        } else {
            try launchAppServer()
        }
        try ensureOrchestrator()
        try dropStops()
        try tables.tracker.setKind(settings.tracker.rawValue)
        if isRemote { try recallFeedback() }
        try runCommands()
    }

    /// A stop that no daemon came to is not meant for this one.
    private func dropStops() throws {
        for command in try tables.commands.pending(kind: "hub.stop") {
            try settleRefused(command, "the daemon that it was meant for has ended")
        }
    }

    /// Reads of a thread and connections belong to the daemon that asked for them.
    private func cancelStale() throws {
        try tables.outbox.cancelOpen(kinds: ["thread.sync", "app_server.connect"], nowMs: nowMs)
    }

    /// A new app-server is wanted, at once or after a pause.
    func launchAppServer(afterMs: Int64 = 0) throws {
        let token = environment.makeID()
        let socket = environment.appServerMode == "socket" ? environment.socketPath : nil
        let id = try tables.appServers.create(
            mode: environment.appServerMode,
            token: token,
            socket: socket,
            fingerprint: environment.fingerprint,
            nowMs: nowMs
        )
        try want(
            .startAppServer(.init(server: id, mode: environment.appServerMode, token: token, socket: socket)),
            key: "app_server.start:\(id)",
            dueAtMs: nowMs + afterMs
        )
    }

    func appServerStarted(_ id: Int64, pid: Int64?, startTime: Int64?, bootID: String?) throws {
        guard let live = try tables.appServers.live(), live.id == id else { return }
        try tables.appServers.setRunning(id, pid: pid, startTime: startTime, bootID: bootID, version: nil)
        try tables.events.append(
            "app_server.started",
            ["server": .integer(id), "pid": pid.map { .integer($0) } ?? .null],
            nowMs: nowMs
        )
        if let server = try tables.appServers.live() { try wantConnection(server) }
    }

    private func wantConnection(_ server: AppServerRecord) throws {
        connections += 1
        try want(
            .connect(
                .init(
                    server: server.id,
                    mode: server.mode,
                    socket: server.socket,
                    pid: server.pid,
                    startTime: server.startTime,
                    bootID: server.bootId
                )
            ),
            key: "app_server.connect:\(server.id):\(epoch):\(connections)"
        )
    }

    func connected(server id: Int64, version: String?) throws {
        guard let live = try tables.appServers.live(), live.id == id else { return }
        try tables.appServers.setRunning(id, pid: nil, startTime: nil, bootID: nil, version: version)
        link = Link(server: id)
        if let reason = outdated(live) { try leave(reason) }
        try tables.events.append(
            "app_server.connected",
            ["server": .integer(id), "version": version.map { .string($0) } ?? .null],
            nowMs: nowMs
        )
        for conversation in try tables.conversations.live() {
            // A resting agent's thread is read when it is woken, unless a turn of it is to be settled.
            if try tables.agents.require(conversation.agent).phase == .resting,
                try tables.turns.active(agent: conversation.agent) == nil
            {
                continue
            }
            try wantSync(conversation)
        }
        mustDispatch = true
    }

    func disconnected(server id: Int64, reason: String) throws {
        guard link?.server == id else { return }
        link = nil
        try tables.events.append(
            "app_server.disconnected",
            ["server": .integer(id), "reason": .string(reason)],
            nowMs: nowMs
        )
        guard !isStopping, let live = try tables.appServers.live(), live.id == id else { return }
        if live.mode == "stdio" {
            try appServerEnded(id, reason: reason)
        } else {
            try wantConnection(live)
        }
    }

    func connectFailed(_ it: Effect.Connect, code: EffectResult.FailureCode, reason: String) throws {
        // One that lives but does not answer is ours, so it is ended, and what it was doing is continued by its successor.
        if try code != .serverGone
            && wantEnd(it.server, pid: it.pid, startTime: it.startTime, bootID: it.bootID)
        {
            return
        }
        try appServerEnded(it.server, reason: reason)
    }

    /// The app-server is gone: what was asked of it is lost, and a new one is started; its threads are then resumed.
    func appServerEnded(_ id: Int64, reason: String) throws {
        guard let live = try tables.appServers.live(), live.id == id else { return }
        if link?.server == id { link = nil }
        try tables.appServers.setEnded(id, reason: reason, nowMs: nowMs)
        try tables.events.append("app_server.ended", ["server": .integer(id), "reason": .string(reason)], nowMs: nowMs)
        for approval in try tables.approvals.lose(appServer: id, nowMs: nowMs) {
            try tables.events.append(
                "approval.lost",
                agent: approval.agent,
                turn: approval.turn,
                ["approval": .integer(approval.id)],
                nowMs: nowMs
            )
        }
        try tables.outbox.cancelOpen(
            kinds: ["thread.sync", "app_server.connect", "request.answer", "turn.interrupt"],
            nowMs: nowMs
        )
        if isStoppingAll { isStopping = true }
        guard !isStopping else { return }
        try launchAppServer(afterMs: launchPauseMs())
    }

    /// How long to wait before the next app-server: nothing after one that lived, longer after each that died young.
    private func launchPauseMs() throws -> Int64 {
        let young = try tables.appServers.endedSince(nowMs - 60_000)
        guard young > 5 else { return 0 }
        return RetryRules.backoffMs(attempt: young - 5, baseMs: 500, capMs: 30_000, unit: environment.unitRandom())
    }

    func record(stderr lines: [String], source: String) throws {
        for line in lines { try tables.stderrLines.append(source: source, line: line, nowMs: nowMs) }
        try tables.stderrLines.trim(keep: 2_000)
    }
}
