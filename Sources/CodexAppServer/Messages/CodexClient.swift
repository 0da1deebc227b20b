import OrchCore

/// The requests of the app-server that the hub makes, typed.
///
/// Each throws `AppServerError` as `AppServerConnection.request` tells.
package struct CodexClient: Sendable {
    /// The connection.
    package let connection: AppServerConnection
    /// How long a request may take.
    package let timeout: Duration

    /// A client.
    package init(_ connection: AppServerConnection, timeout: Duration = .seconds(30)) {
        self.connection = connection
        self.timeout = timeout
    }

    // MARK: threads

    /// Opens a thread, subscribes to it and, if it is given a name, names it, which writes it to disk.
    ///
    /// A crash in between leaves an empty thread that nobody knows: it costs nothing.
    package func startThread(_ params: ThreadStartParams) async throws(AppServerError) -> ThreadInfo {
        let answer = try await request("thread/start", params.json)
        guard let thread = ThreadInfo(answer["thread"]) else { throw Self.shapeless("thread/start") }
        if let name = params.name { try await nameThread(thread.id, name) }
        return thread
    }

    /// Brings a thread into memory, if it is not there, and subscribes to it.
    ///
    /// Requests of the server that still wait are sent again.
    package func resumeThread(_ params: ThreadResumeParams) async throws(AppServerError) -> ThreadInfo {
        let answer = try await request("thread/resume", params.json)
        guard let thread = ThreadInfo(answer["thread"]) else { throw Self.shapeless("thread/resume") }
        return thread
    }

    /// Names a thread.
    package func nameThread(_ id: String, _ name: String) async throws(AppServerError) {
        _ = try await request("thread/name/set", ["threadId": .string(id), "name": .string(name)])
    }

    /// Looks at a thread without subscribing.
    ///
    /// Works also for one that is only on disk.
    package func readThread(_ id: String) async throws(AppServerError) -> ThreadInfo {
        let answer = try await request("thread/read", ["threadId": .string(id), "includeTurns": false])
        guard let thread = ThreadInfo(answer["thread"]) else { throw Self.shapeless("thread/read") }
        return thread
    }

    /// The ids of the threads in memory.
    package func loadedThreads() async throws(AppServerError) -> [String] {
        var found: [String] = []
        var cursor: String?
        repeat {
            let answer = try await request("thread/loaded/list", cursor.map { ["cursor": .string($0)] } ?? [:])
            let page = Page<String>(answer) { $0.stringValue }
            found += page.elements
            cursor = page.elements.isEmpty ? nil : page.nextCursor
        } while cursor != nil && found.count < 100_000
        return found
    }

    /// Ends the commands that a turn left running: an interrupt alone does not.
    package func cleanTerminals(threadID: String) async throws(AppServerError) {
        _ = try await request("thread/backgroundTerminals/clean", ["threadId": .string(threadID)])
    }

    // MARK: turns

    /// Begins a turn; tells its id.
    ///
    /// The answer does not mean that the message is on disk: `item/completed` of the message does.
    package func startTurn(_ params: TurnStartParams) async throws(AppServerError) -> String {
        let answer = try await request("turn/start", params.json)
        guard let id = answer["turn"]?["id"]?.stringValue else { throw Self.shapeless("turn/start") }
        return id
    }

    /// Puts a message into the running turn; tells the turn's id.
    ///
    /// Codex hands it over when the running command or approval is through. A turn that ends or dies before drops it without a word: only
    /// `item/completed` of the message counts.
    package func steer(_ params: TurnSteerParams) async throws(AppServerError) -> String {
        let answer = try await request("turn/steer", params.json)
        guard let id = answer["turnId"]?.stringValue else { throw Self.shapeless("turn/steer") }
        return id
    }

    /// Interrupts a turn.
    ///
    /// Codex answers before `turn/completed`, and not at all when the turn has just ended: hence the short limit.
    package func interrupt(threadID: String, turnID: String, limit: Duration = .seconds(5)) async throws(AppServerError)
    {
        _ = try await connection.request(
            "turn/interrupt",
            ["threadId": .string(threadID), "turnId": .string(turnID)],
            timeout: limit
        )
    }

    // MARK: account

    /// Who is logged in.
    package func account() async throws(AppServerError) -> AccountInfo {
        AccountInfo(try await request("account/read"))
    }

    /// The account's limits; codex refuses without a ChatGPT login.
    package func rateLimits() async throws(AppServerError) -> RateLimits? {
        RateLimits(try await request("account/rateLimits/read")["rateLimits"])
    }

    /// The models that codex offers.
    package func models() async throws(AppServerError) -> [ModelInfo] {
        Page<ModelInfo>(try await request("model/list", ["limit": 200])) { ModelInfo($0) }.elements
    }

    func request(_ method: String, _ params: JSONValue = [:]) async throws(AppServerError) -> JSONValue {
        try await connection.request(method, params, timeout: timeout)
    }

    private static func shapeless(_ method: String) -> AppServerError {
        AppServerError(
            .handshake,
            "codex's answer to \(method) lacks what makes it one; is this version of codex supported?",
            method: method
        )
    }
}
