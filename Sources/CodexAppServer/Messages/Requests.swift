package import OrchCore

/// Parameters of `thread/start`.
package struct ThreadStartParams: Sendable, Hashable {
    package var folder: String
    package var model: String?
    package var sandbox: SandboxPolicy
    package var approvalPolicy: ApprovalPolicy
    package var developerInstructions: String?
    /// The `dynamicTools` array.
    ///
    /// Kept by the thread; a resume can't change it.
    package var tools: JSONValue?
    /// Settings for this thread alone, by dotted key.
    ///
    /// Gone after a cold resume, unless given to it again.
    package var config: JSONValue?
    /// The thread's name.
    ///
    /// A named thread is on disk at once, so that it can be resumed although it never ran.
    package var name: String?

    /// Parameters.
    package init(
        folder: String,
        model: String? = nil,
        sandbox: SandboxPolicy,
        approvalPolicy: ApprovalPolicy = .onRequest,
        developerInstructions: String? = nil,
        tools: JSONValue? = nil,
        config: JSONValue? = nil,
        name: String? = nil
    ) {
        self.folder = folder
        self.model = model
        self.sandbox = sandbox
        self.approvalPolicy = approvalPolicy
        self.developerInstructions = developerInstructions
        self.tools = tools
        self.config = config
        self.name = name
    }

    var json: JSONValue {
        .object(
            [
                "cwd": .string(folder), "model": .text(model), "sandbox": .string(sandbox.mode),
                "approvalPolicy": .string(approvalPolicy.rawValue),
                "developerInstructions": .text(developerInstructions),
                "dynamicTools": tools ?? .null, "config": config ?? .null,
            ].filter { !$0.value.isNull }
        )
    }
}

/// Parameters of `thread/resume`.
///
/// They count for a thread that is not in memory; for a live one the server ignores them.
package struct ThreadResumeParams: Sendable, Hashable {
    package var threadID: String
    package var folder: String?
    package var model: String?
    package var sandbox: SandboxPolicy?
    package var approvalPolicy: ApprovalPolicy?
    /// As in `ThreadStartParams`.
    package var config: JSONValue?

    /// Parameters.
    package init(
        threadID: String,
        folder: String? = nil,
        model: String? = nil,
        sandbox: SandboxPolicy? = nil,
        approvalPolicy: ApprovalPolicy? = nil,
        config: JSONValue? = nil
    ) {
        self.threadID = threadID
        self.folder = folder
        self.model = model
        self.sandbox = sandbox
        self.approvalPolicy = approvalPolicy
        self.config = config
    }

    var json: JSONValue {
        .object(
            [
                "threadId": .string(threadID), "excludeTurns": true, "cwd": .text(folder), "model": .text(model),
                "sandbox": .text(sandbox?.mode), "approvalPolicy": .text(approvalPolicy?.rawValue),
                "config": config ?? .null,
            ].filter { !$0.value.isNull }
        )
    }
}

/// Parameters of `turn/start`.
///
/// On a thread whose turn runs it is a steer: never send it then.
package struct TurnStartParams: Sendable, Hashable {
    package var threadID: String
    /// Comes back as `clientId` of the message.
    ///
    /// Codex does not refuse one that it has seen.
    package var clientID: String
    package var text: String
    package var model: String?
    package var folder: String?
    package var sandbox: SandboxPolicy?
    package var approvalPolicy: ApprovalPolicy?

    /// Parameters.
    package init(
        threadID: String,
        clientID: String,
        text: String,
        model: String? = nil,
        folder: String? = nil,
        sandbox: SandboxPolicy? = nil,
        approvalPolicy: ApprovalPolicy? = nil
    ) {
        self.threadID = threadID
        self.clientID = clientID
        self.text = text
        self.model = model
        self.folder = folder
        self.sandbox = sandbox
        self.approvalPolicy = approvalPolicy
    }

    var json: JSONValue {
        .object(
            [
                "threadId": .string(threadID), "clientUserMessageId": .string(clientID),
                "input": [["type": "text", "text": .string(text)]],
                "model": .text(model), "cwd": .text(folder), "sandboxPolicy": sandbox?.json ?? .null,
                "approvalPolicy": .text(approvalPolicy?.rawValue),
            ].filter { !$0.value.isNull }
        )
    }
}

/// Parameters of `turn/steer`.
package struct TurnSteerParams: Sendable, Hashable {
    package var threadID: String
    /// The turn that must be running.
    package var turnID: String
    package var clientID: String
    package var text: String

    /// Parameters.
    package init(threadID: String, turnID: String, clientID: String, text: String) {
        self.threadID = threadID
        self.turnID = turnID
        self.clientID = clientID
        self.text = text
    }

    var json: JSONValue {
        [
            "threadId": .string(threadID), "expectedTurnId": .string(turnID), "clientUserMessageId": .string(clientID),
            "input": [["type": "text", "text": .string(text)]],
        ]
    }
}
