/// The names of the server's notifications.
package enum NotificationMethods {
    /// Those that become a `ServerNotification`.
    static let typed: Set<String> = [
        "thread/started", "thread/status/changed", "thread/closed", "turn/started", "turn/completed", "item/started",
        "item/completed", "error",
        "thread/tokenUsage/updated", "account/rateLimits/updated", "warning", "configWarning", "deprecationNotice",
        "guardianWarning",
        "serverRequest/resolved", "model/rerouted",
    ]

    /// Those that the server is asked not to send: pieces of what comes whole later, and things that hub threads don't
    /// use.
    package static let unneeded: [String] = [
        "item/agentMessage/delta", "item/plan/delta", "item/commandExecution/outputDelta",
        "item/commandExecution/terminalInteraction",
        "item/fileChange/outputDelta", "item/fileChange/patchUpdated", "item/reasoning/summaryTextDelta",
        "item/reasoning/summaryPartAdded",
        "item/reasoning/textDelta", "item/mcpToolCall/progress", "turn/diff/updated", "turn/plan/updated",
        "turn/moderationMetadata",
        "thread/readState/changed", "thread/name/updated", "thread/settings/updated", "thread/environment/connected",
        "thread/environment/disconnected", "thread/prediction/updated", "thread/goal/updated", "thread/goal/cleared",
        "skills/changed",
        "app/list/updated", "remoteControl/status/changed", "model/verification", "model/safetyBuffering/updated",
        "account/updated",
        "mcpServer/startupStatus/updated", "command/exec/outputDelta", "process/outputDelta",
    ]

    /// Those that are left out without a word: the server of some version sends them, and nothing depends on them.
    private static let ignored: Set<String> = Set(unneeded).union([
        "hook/started", "hook/completed", "thread/archived", "thread/unarchived", "thread/deleted", "thread/reverted",
        "thread/compacted",
        "thread/queue/changed", "thread/project/updated", "thread/attachment/updated", "project/changed",
        "process/exited",
        "item/autoApprovalReview/started", "item/autoApprovalReview/completed",
        "autoApprovalReview/strictReviewRequired",
        "modelProvider/authRecoveryStarted", "modelProvider/authRecoveryCompleted", "account/login/completed",
        "fs/changed",
    ])

    /// Whether the name is expected.
    static func isKnown(_ method: String) -> Bool { typed.contains(method) || ignored.contains(method) }
}
