package import OrchCore

/// What the agent's commands may touch.
package enum SandboxPolicy: Sendable, Hashable {
    case readOnly
    /// The working folder and these further ones.
    ///
    /// No network, and not the system's temporary folders, where worktrees of others might lie.
    case workspaceWrite(writableRoots: [String])
    case dangerFullAccess

    /// As `turn/start` wants it.
    ///
    /// It holds for the thread's later turns too.
    package var json: JSONValue {
        switch self {
        case .readOnly: ["type": "readOnly", "networkAccess": false]
        case .workspaceWrite(let roots):
            [
                "type": "workspaceWrite", "networkAccess": false, "excludeTmpdirEnvVar": true, "excludeSlashTmp": true,
                "writableRoots": .array(roots.map { .string($0) }),
            ]
        case .dangerFullAccess: ["type": "dangerFullAccess"]
        }
    }

    /// As `thread/start` and `thread/resume` want it: the mode alone.
    package var mode: String {
        switch self {
        case .readOnly: "read-only"
        case .workspaceWrite: "workspace-write"
        case .dangerFullAccess: "danger-full-access"
        }
    }
}

/// When codex asks.
///
/// `on-failure` is gone since before codex 0.163.
package enum ApprovalPolicy: String, Sendable, Hashable, CaseIterable {
    case untrusted
    case onRequest = "on-request"
    case never
}
