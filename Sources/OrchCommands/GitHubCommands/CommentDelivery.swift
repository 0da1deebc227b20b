import Hub
import OrchCore
import OrchStore
import SQLite

/// A comment on its way to GitHub: a command for the hub, then a row of its outbox.
struct CommentDelivery {
    /// The command's kind.
    let kind: String
    let number: Int
    let text: String

    /// Refuses a text that GitHub would not take.
    static func checked(_ text: String, example: String) throws -> String {
        guard !text.allSatisfy(\.isWhitespace) else {
            throw CommandError(.usage, "the comment is empty", hint: example)
        }
        let length = text.unicodeScalars.count
        guard length <= Hub.commentLimit else {
            throw CommandError(
                .badData,
                "the comment has \(length) characters; at most \(Hub.commentLimit) are allowed at GitHub",
                hint: "put the rest into a file of the repository or a gist, and name that"
            )
        }
        return text
    }

    /// What `orch gh comment` and `orch gh pr-comment` do.
    ///
    /// - Parameters:
    ///   - kind: the hub's command.
    ///   - name: the name of the command below `orch gh`, for the example.
    ///   - number: the issue or pull request.
    ///   - comment: the text, or where it comes from.
    ///   - hint: what to do where the issues are local.
    ///   - action: how it is waited for.
    ///   - context: the command's.
    /// - Throws: `CommandError` where the issues are local, and what handing it over throws.
    static func post(
        _ kind: String,
        named name: String,
        on number: Int,
        _ comment: CommentOptions,
        elsewhere hint: String,
        _ action: ActionOptions,
        _ context: Context
    ) async throws {
        let text = try comment.text(context, example: "orch gh \(name) \(number) \"what you want to say\"")
        guard try await TrackerInUse.find(action.place, context).isGitHub else {
            throw CommandError(
                .refused,
                "this repository's hub works on local issues, not with GitHub",
                hint: hint
            )
        }
        try await CommentDelivery(kind: kind, number: number, text: text).run(action, context)
    }

    /// Hands it to the hub, and waits until it is at GitHub, or is known not to get there.
    func run(_ action: ActionOptions, _ context: Context) async throws {
        let end = ContinuousClock.now + .milliseconds(action.wait)
        let folder = try await action.place.folderToBe(context)
        let payload: [String: JSONValue] = [
            "number": .integer(Int64(number)), "body": .string(text), "author": .string(context.person),
        ]
        guard let answer = try await action.perform(kind, payload, in: folder, context) else { return }
        guard let key = answer["outbox"]?.stringValue else {
            throw CommandError(
                .internalError,
                "the hub took the comment and did not say where: \(answer.canonicalText)"
            )
        }
        let db = try Store.open(folder, role: .readOnly, nowMs: context.nowMs())
        guard HubPresence.daemon(folder) != nil else {
            return context.output.note("Note: no daemon is running; it is posted when `orch daemon` starts")
        }
        let row = try await Self.settled(key, db, limit: end - .now) { HubPresence.daemon(folder) != nil }
        guard row.status == .done else { throw Self.failure(row, number) }
        if action.json {
            var json = answer.objectValue ?? [:]
            json["comment"] = row.result.flatMap { Int64($0) }.map { .integer($0) } ?? .null
            return try context.output.json(.object(json))
        }
        context.output.note("Commented on #\(number) at GitHub (comment \(row.result ?? "?")).")
    }

    /// The outbox's row once it is settled.
    ///
    /// - Throws: `CommandError` (`temporary`) when the time is up, or no daemon is there any more: the comment stays queued.
    static func settled(
        _ key: String,
        _ db: Connection,
        limit: Duration,
        isServed: () -> Bool
    ) async throws -> OutboxRecord {
        let clock = ContinuousClock()
        let end = clock.now + limit
        while true {
            guard let row = try HubTables(db).outbox.find(key: key) else {
                throw CommandError(.internalError, "the comment is not in the outbox (\(key))")
            }
            if [.done, .failed, .cancelled].contains(row.status) { return row }
            guard clock.now < end, isServed() else {
                throw CommandError(
                    .temporary,
                    "the comment is not at GitHub yet\(row.error.map { ": \($0)" } ?? ""); it stays queued and will be posted once",
                    hint: "`orch query outbox` shows what becomes of it"
                )
            }
            try await Task.sleep(for: .milliseconds(50), clock: clock)
        }
    }

    private static func failure(_ row: OutboxRecord, _ number: Int) -> CommandError {
        CommandError(
            .refused,
            "the comment on #\(number) was not posted: \(row.error ?? "it was taken back")",
            hint: "is there an issue or pull request #\(number)? `orch doctor` looks at the token and the repository"
        )
    }
}
