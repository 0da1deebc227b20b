import OrchCore
import OrchStore

extension StatusFacts {
    /// The facts as JSON, whose keys are part of the interface.
    var json: JSONValue {
        [
            "daemon": [
                "state": .string(daemon.rawValue), "pid": .number(hub.pid), "host": .text(hub.host),
                "version": .text(hub.version),
                "epoch": .integer(hub.epoch), "started_at_ms": .number(hub.startedAtMs),
                "heartbeat_at_ms": .number(hub.heartbeatAtMs),
            ],
            "repository": .text(hub.repository), "base_branch": .text(hub.baseBranch),
            "autopilot": .bool(hub.autopilot),
            "dangerous": .bool(hub.dangerous), "orchestrator": .bool(hub.orchestrator), "paused": .bool(hub.paused),
            "paused_reason": .text(hub.pausedReason), "quota_until_ms": .number(hub.quotaUntilMs),
            "quota_reason": .text(hub.quotaReason),
            "wip": ["used": .integer(Int64(wipUsed)), "limit": .integer(Int64(hub.wip))], "app_server": serverJSON,
            "settings_problem": .text(settingsProblem), "tracker": trackerJSON,
            "issues": Self.json(issues), "waiting": Self.json(waiting), "blocker_problems": blockers.json,
            "stalls": .array(
                stalls.map {
                    [
                        "agent": .text($0.agent), "issue": .number($0.issue), "state": .string($0.state),
                        "why": .text($0.why),
                    ]
                }
            ),
            "agents": .array(
                agents.map { ["name": .string($0.name), "state": .string($0.state), "issue": .number($0.issue)] }
            ),
        ]
    }

    private var trackerJSON: JSONValue {
        [
            "kind": .string(tracker.kind), "repository": .text(tracker.repository), "login": .text(tracker.login),
            "state": .string(tracker.state.rawValue), "reason": .text(tracker.reason),
            "since_ms": .number(tracker.sinceMs), "polled_at_ms": .number(tracker.polledAtMs),
        ]
    }

    private var serverJSON: JSONValue {
        guard let server else { return .null }
        return [
            "state": .string(isServerAlive == false ? "gone" : server.state), "mode": .string(server.mode),
            "pid": .number(server.pid),
            "version": .text(server.version),
            "socket": .text(server.socket), "started_at_ms": .integer(server.startedAtMs),
        ]
    }

    private static func json(_ counts: [String: Int]) -> JSONValue {
        .object(counts.mapValues { .integer(Int64($0)) })
    }
}
