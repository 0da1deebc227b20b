import Hub
import OrchCore

/// What the disk keeps of Codex's threads, and one app-server over it, in virtual time.
///
/// It behaves as the real one was measured to: a message is written down a moment after it was accepted; a killed server leaves the turn
/// that ran interrupted, with its finished items; `turn/start` on an active turn is a steer; a steer is delivered when the next item is done.
final class FakeCodex {
    final class Turn {
        let id: String
        var status = "inProgress"
        var items: [TurnItem] = []
        /// What the model will do, and when.
        var steps: [(at: Int64, item: TurnItem)] = []
        /// Accepted, not yet written down.
        var pendingMessages: [(at: Int64, client: String, text: String)] = []

        init(id: String) { self.id = id }

        func end(_ status: String) {
            self.status = status
            steps = []
            pendingMessages = []
        }
    }

    final class Thread {
        let id: String
        let isOrchestrator: Bool
        var turns: [Turn] = []

        init(id: String, isOrchestrator: Bool) {
            self.id = id
            self.isOrchestrator = isOrchestrator
        }
    }

    private(set) var threads: [String: Thread] = [:]
    /// The threads that this server process has loaded and its client listens to.
    private var subscribed: Set<String> = []
    private var nextID = 0
    private var outgoing: [CodexInput] = []
    private(set) var isAlive = false
    private(set) var tokens: [String: Int64] = [:]
    /// Decides what the model does on a message: the texts of its commands, then its last message.
    var model: (_ isOrchestrator: Bool, _ text: String, _ history: [String]) -> (commands: Int, message: String)
    var random: SeededGenerator
    /// It was told to end, and takes nothing new.
    var isDraining = false
    /// What the model says to a message that is put into its running turn, if anything.
    var answerToSteers: String?

    init(random: SeededGenerator, model: @escaping (Bool, String, [String]) -> (commands: Int, message: String)) {
        self.random = random
        self.model = model
    }

    func start() {
        isAlive = true
        isDraining = false
    }

    /// `kill -9`: running turns are cut, what was not written down is lost.
    func kill() {
        isAlive = false
        subscribed = []
        outgoing = []
        for thread in threads.values {
            for turn in thread.turns where turn.status == "inProgress" { turn.end("interrupted") }
            thread.turns.removeAll { $0.items.isEmpty }
        }
    }

    func disconnect() { subscribed = [] }

    func startThread(isOrchestrator: Bool) -> String {
        nextID += 1
        let id = "thread-\(nextID)"
        threads[id] = Thread(id: id, isOrchestrator: isOrchestrator)
        subscribed.insert(id)
        return id
    }

    func resume(_ id: String) -> ThreadHistory? {
        guard let thread = threads[id] else { return nil }
        subscribed.insert(id)
        return ThreadHistory(
            turns: thread.turns.map { ThreadHistory.Turn(id: $0.id, status: $0.status) },
            items: thread.turns.flatMap { turn in turn.items.map { ThreadHistory.Item(turn: turn.id, item: $0) } }
        )
    }

    func find(_ client: String, in id: String) -> String? {
        threads[id]?.turns.first { turn in
            turn.items.contains { $0.clientID == client } || turn.pendingMessages.contains { $0.client == client }
        }?.id
    }

    /// The turn that a message starts or joins; nil when a steer finds none to join.
    func submit(_ client: String, text: String, to id: String, steers: String?, now: Int64) -> String? {
        guard let thread = threads[id] else { return nil }
        if let last = thread.turns.last, last.status == "inProgress" {
            if let steers, steers != last.id { return nil }
            last.pendingMessages.append((last.steps.first?.at ?? now, client, text))
            return last.id
        }
        guard steers == nil else { return nil }
        nextID += 1
        let turn = Turn(id: "turn-\(nextID)")
        turn.pendingMessages = [(now + 20, client, text)]
        var at = now + 20
        let history = thread.turns.flatMap { $0.items.map(\.text) }
        let reply = model(thread.isOrchestrator, text, history)
        for number in 0..<reply.commands {
            at += Int64.random(in: 200...20_000, using: &random)
            turn.steps.append(
                (at, TurnItem(id: "\(turn.id)-c\(number)", kind: .command, text: "step \(number)", status: "completed"))
            )
        }
        at += Int64.random(in: 200...5_000, using: &random)
        turn.steps.append((at, TurnItem(id: "\(turn.id)-m", kind: .agentMessage, text: reply.message)))
        thread.turns.append(turn)
        return turn.id
    }

    func interrupt(_ turnID: String, in id: String) {
        guard let turn = threads[id]?.turns.first(where: { $0.id == turnID && $0.status == "inProgress" }) else {
            return
        }
        turn.end("interrupted")
        say(id, .turnCompleted(thread: id, turn: ThreadHistory.Turn(id: turnID, status: "interrupted")))
    }

    /// What the server says up to now.
    func advance(to now: Int64) -> [CodexInput] {
        guard isAlive else { return [] }
        for thread in threads.values.sorted(by: { $0.id < $1.id }) {
            for turn in thread.turns where turn.status == "inProgress" { advance(thread, turn, now) }
        }
        defer { outgoing = [] }
        return outgoing
    }

    private func advance(_ thread: Thread, _ turn: Turn, _ now: Int64) {
        for message in turn.pendingMessages where message.at <= now {
            let item = TurnItem(
                id: "u-\(message.client)",
                kind: .userMessage,
                clientID: message.client,
                text: message.text
            )
            turn.items.append(item)
            say(thread.id, .itemCompleted(thread: thread.id, turn: turn.id, item))
            if turn.items.count > 1, let answerToSteers {
                let answer = TurnItem(id: "a-\(message.client)", kind: .agentMessage, text: answerToSteers)
                turn.items.append(answer)
                say(thread.id, .itemCompleted(thread: thread.id, turn: turn.id, answer))
            }
        }
        turn.pendingMessages.removeAll { $0.at <= now }
        for step in turn.steps where step.at <= now {
            turn.items.append(step.item)
            say(thread.id, .itemCompleted(thread: thread.id, turn: turn.id, step.item))
        }
        turn.steps.removeAll { $0.at <= now }
        guard turn.steps.isEmpty else { return }
        turn.end("completed")
        let total = tokens[thread.id, default: 0] + 1_000
        tokens[thread.id] = total
        say(thread.id, .tokens(thread: thread.id, turn: turn.id, total: total))
        say(thread.id, .turnCompleted(thread: thread.id, turn: ThreadHistory.Turn(id: turn.id, status: "completed")))
    }

    private func say(_ thread: String, _ message: CodexInput) {
        if subscribed.contains(thread) { outgoing.append(message) }
    }
}
