package import OrchCore

/// `thread/tokenUsage/updated`: the thread's absolute totals; sent again after a resume.
package struct TokenUsageUpdated: Sendable, Hashable {
    package var threadID: String
    package var turnID: String?
    /// Of the whole thread.
    package var total: TokenUsage
    /// Of the last request to the model.
    package var last: TokenUsage?
    package var contextWindow: Int64?

    init?(_ json: JSONValue) {
        guard let threadID = json["threadId"]?.stringValue, let total = TokenUsage(json["tokenUsage"]?["total"]) else {
            return nil
        }
        self.threadID = threadID
        turnID = json["turnId"]?.stringValue
        self.total = total
        last = TokenUsage(json["tokenUsage"]?["last"])
        contextWindow = json["tokenUsage"]?["modelContextWindow"]?.intValue
    }
}

/// Numbers of tokens.
package struct TokenUsage: Sendable, Hashable {
    package var total: Int64
    package var input: Int64
    package var cachedInput: Int64
    package var output: Int64
    package var reasoningOutput: Int64

    init?(_ json: JSONValue?) {
        guard let json, let total = json["totalTokens"]?.intValue else { return nil }
        self.total = total
        input = json["inputTokens"]?.intValue ?? 0
        cachedInput = json["cachedInputTokens"]?.intValue ?? 0
        output = json["outputTokens"]?.intValue ?? 0
        reasoningOutput = json["reasoningOutputTokens"]?.intValue ?? 0
    }
}

/// The account's limits (`account/rateLimits/updated`, `account/rateLimits/read`).
///
/// Sparse: a field that is nil was not told and keeps its former value.
package struct RateLimits: Sendable, Hashable {
    /// One span of time with a limit.
    package struct Window: Sendable, Hashable {
        package var usedPercent: Double
        package var durationMinutes: Int64?
        /// Seconds since 1970.
        package var resetsAt: Int64?

        init?(_ json: JSONValue?) {
            guard let json, let used = json["usedPercent"]?.doubleValue else { return nil }
            usedPercent = used
            durationMinutes = json["windowDurationMins"]?.intValue
            resetsAt = json["resetsAt"]?.intValue
        }
    }

    package var primary: Window?
    package var secondary: Window?
    /// Which limit is reached, if one is.
    package var reachedType: String?
    package var planType: String?
    /// As sent.
    package var raw: JSONValue

    init?(_ json: JSONValue?) {
        guard let json, json.objectValue != nil else { return nil }
        primary = Window(json["primary"])
        secondary = Window(json["secondary"])
        reachedType = json["rateLimitReachedType"]?.stringValue
        planType = json["planType"]?.stringValue
        raw = json
    }

    /// The window that is used up most.
    package var tightest: Window? {
        [primary, secondary].compactMap { $0 }.max { $0.usedPercent < $1.usedPercent }
    }
}

/// Who is logged in (`account/read`).
package struct AccountInfo: Sendable, Hashable {
    /// `chatgpt`, `apiKey`, …; nil when nobody is.
    package var type: String?
    package var email: String?
    package var planType: String?
    /// Whether the model provider in use needs a login.
    package var needsLogin: Bool

    init(_ json: JSONValue) {
        let account = json["account"]
        type = account?["type"]?.stringValue
        email = account?["email"]?.stringValue
        planType = account?["planType"]?.stringValue
        needsLogin = json["requiresOpenaiAuth"]?.boolValue ?? false
    }
}

/// A model (`model/list`).
package struct ModelInfo: Sendable, Hashable {
    package var id: String
    package var name: String
    package var isDefault: Bool

    init?(_ json: JSONValue) {
        guard let id = json["id"]?.stringValue else { return nil }
        self.id = id
        name = json["displayName"]?.stringValue ?? id
        isDefault = json["isDefault"]?.boolValue ?? false
    }
}
