import OrchCore
import OrchStore

extension Hub {
    /// How long an app-server that takes nothing new may go on with its turns, in milliseconds; then it is ended, and its successor continues them.
    static let drainLimitMs: Int64 = 60_000

    /// Why a running app-server is not what this daemon would start; nil when it is.
    func outdated(_ server: AppServerRecord) -> String? {
        if server.mode != environment.appServerMode {
            return "the app-server is wanted over \(environment.appServerMode)"
        }
        guard let wanted = environment.fingerprint, let has = server.fingerprint, has != wanted else { return nil }
        return "codex, its settings or its keys have changed since it was started"
    }

    /// The app-server gets no new turns, and is ended when those that run are over.
    func leave(_ reason: String) throws {
        guard var current = link, current.leaving == nil else { return }
        current.leaving = (reason, nowMs)
        link = current
        try tables.events.append(
            "app_server.leaving",
            ["server": .integer(current.server), "reason": .string(reason)],
            nowMs: nowMs
        )
    }

    /// Codex refuses what is new because it was told to end: it is no failure of what was asked.
    func drains() throws {
        try leave("it was told to end from outside, and takes nothing new")
    }

    /// Ends an app-server that is leaving, when its turns are over or it has had its time.
    func endLeaving() throws {
        guard let link, let leaving = link.leaving, let server = try tables.appServers.live(), server.id == link.server
        else { return }
        let isBusy = try tables.turns.allActive().contains { $0.status == .running && $0.steers == nil }
        let isOver = outdated(server) == nil && !isStoppingAll && nowMs - leaving.sinceMs >= Self.drainLimitMs
        guard !isBusy || isOver else { return }
        if try !wantEnd(server.id, pid: server.pid, startTime: server.startTime, bootID: server.bootId) {
            try appServerEnded(server.id, reason: leaving.reason)
        }
    }

    /// `orch stop --all`: the hub stops when no turn runs any more, and the app-server with it.
    func stopAll() throws {
        isStoppingAll = true
        guard let server = try tables.appServers.live() else {
            isStopping = true
            return
        }
        guard link == nil else {
            try leave("the hub is to stop, and all with it")
            return
        }
        if try !wantEnd(server.id, pid: server.pid, startTime: server.startTime, bootID: server.bootId) {
            isStopping = true
        }
    }

    /// Asks for the end of an app-server; false when no process of it is known.
    func wantEnd(_ server: Int64, pid: Int64?, startTime: Int64?, bootID: String?) throws -> Bool {
        guard let pid, let startTime, let bootID else { return false }
        try want(
            .endAppServer(.init(server: server, pid: pid, startTime: startTime, bootID: bootID)),
            key: "app_server.end:\(server):\(epoch)"
        )
        return true
    }

    /// The database was made for a repository at another place: the agents' worktrees and threads there are not ours.
    func moveIn(from old: String) throws {
        try tables.events.append(
            "hub.moved",
            ["from": .string(old), "to": .string(environment.repository)],
            nowMs: nowMs
        )
        for agent in try tables.agents.allLive() {
            if let conversation = try tables.conversations.current(agent: agent.id) {
                _ = try cutOff(conversation, kind: "moved", reason: "the repository was at \(old)")
                try tables.conversations.setState(
                    conversation.id,
                    .lost,
                    reason: "the hub works at \(environment.repository) now; it was at \(old)"
                )
            }
            guard [.ready, .stalled, .wrappingUp, .starting].contains(agent.phase) else { continue }
            try beginAnew(agent)
        }
    }
}
