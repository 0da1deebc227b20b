/// A deed on the world that the hub wants done: the typed form of an `outbox` row's kind and payload.
///
/// A row is written first, then the deed is done by its performer, then the row is settled (I4). Each performer knows how to find out,
/// when a row was begun before (`attempts` above 1), whether the deed was done.
package enum Effect: Sendable, Hashable {
    /// Launches an app-server, or finds the one that was launched just before a crash (by its token).
    case startAppServer(StartAppServer)
    /// Connects to a running app-server.
    case connect(Connect)
    /// Ends an app-server that is proven ours.
    case endAppServer(EndAppServer)
    /// Opens a Codex thread. A thread that never ran has no history, so a lost answer costs nothing but an empty thread.
    case startThread(StartThread)
    /// Subscribes to a thread and reads what it holds.
    case syncThread(SyncThread)
    /// Hands a message to a thread, as a turn or as a steer of the running one.
    case submitTurn(SubmitTurn)
    /// Ends the running turn and the commands that it started.
    case interruptTurn(InterruptTurn)
    /// Answers a request of the app-server.
    case answer(Answer)
    /// Makes or finds an agent's worktree and branch.
    case prepareWorkspace(PrepareWorkspace)
    /// Looks at what git shows in a worktree.
    case inspectWorkspace(InspectWorkspace)
    /// Runs an allow-listed git or gh command for the orchestrator.
    case runExec(RunExec)
    /// Runs a hook of `WORKFLOW.md`.
    case runHook(RunHook)
    /// Makes the tracker show the wanted labels.
    case setLabels(SetLabels)
    /// Posts a comment once: `marker` tells whether it is there.
    case postComment(PostComment)

    /// Claims an issue, so that no other hub works on it.
    case claim(Claim)
    /// Makes the status comment of an issue read so.
    case showStatus(ShowStatus)
    /// Nods at a comment.
    case react(React)
    /// Pushes a branch.
    case push(Push)
    /// Opens a branch's pull request, or finds the one that is open.
    case openPull(OpenPull)
    /// Takes away the worktree and the branch of finished work; what is not elsewhere is saved before.
    case retireWorkspace(RetireWorkspace)

    /// Payload of `startAppServer`.
    package struct StartAppServer: Codable, Sendable, Hashable {
        package var server: Int64
        package var mode: String
        package var token: String
        package var socket: String?
    }
    /// Payload of `connect`.
    package struct Connect: Codable, Sendable, Hashable {
        package var server: Int64
        package var mode: String
        package var socket: String?
        package var pid: Int64?
        package var startTime: Int64?
        package var bootID: String?
    }
    /// Payload of `endAppServer`.
    package struct EndAppServer: Codable, Sendable, Hashable {
        package var server: Int64
        package var pid: Int64
        package var startTime: Int64
        package var bootID: String
    }
    /// Payload of `startThread`.
    package struct StartThread: Codable, Sendable, Hashable {
        package var conversation: Int64
        package var thread: ThreadSetup
    }
    /// Payload of `syncThread`.
    package struct SyncThread: Codable, Sendable, Hashable {
        package var conversation: Int64
        package var threadID: String
        package var thread: ThreadSetup
        /// The messages whose fate is asked for.
        package var clientIDs: [String]
    }
    /// How a thread is set up: the same for its start, its resume and each of its turns.
    package struct ThreadSetup: Codable, Sendable, Hashable {
        package var role: String
        package var cwd: String
        package var worktree: String?
        package var dangerous: Bool
        package var model: String?
        package var instructions: String
        package var hasTools: Bool
        /// The branch that the worktree must be on.
        package var branch: String?
    }
    /// Payload of `submitTurn`.
    package struct SubmitTurn: Codable, Sendable, Hashable {
        package var turn: String
        package var conversation: Int64
        package var threadID: String
        package var thread: ThreadSetup
        package var text: String
        /// Codex's id of the running turn that this message is put into.
        package var steers: String?
    }
    /// Payload of `interruptTurn`.
    package struct InterruptTurn: Codable, Sendable, Hashable {
        package var threadID: String
        package var codexTurn: String
    }
    /// Payload of `answer`.
    package struct Answer: Codable, Sendable, Hashable {
        package var server: Int64
        /// The JSON-RPC id as JSON text.
        package var request: String
        /// The result as JSON text; nil refuses with `message`.
        package var result: String?
        package var message: String?
        package var approval: Int64?
    }
    /// Payload of `prepareWorkspace`.
    package struct PrepareWorkspace: Codable, Sendable, Hashable {
        package var agent: Int64
        package var name: String
        package var branch: String
        package var folder: String
    }
    /// Payload of `inspectWorkspace`.
    package struct InspectWorkspace: Codable, Sendable, Hashable {
        /// Why: `continue` an interrupted turn, or evidence for a `close`.
        package enum Purpose: String, Codable, Sendable { case goOn = "continue", close }
        package var agent: Int64
        package var worktree: String
        package var branch: String
        package var base: String?
        package var purpose: Purpose
        package var turn: String?
    }
    /// Payload of `runExec`.
    package struct RunExec: Codable, Sendable, Hashable {
        package var decision: Int64
        package var argv: [String]
        package var cwd: String
        package var limitMs: Int64
    }
    /// Payload of `runHook`.
    package struct RunHook: Codable, Sendable, Hashable {
        package var hook: String
        package var worktree: String
    }
    /// Payload of `setLabels`.
    package struct SetLabels: Codable, Sendable, Hashable {
        package var issue: Int
    }
    /// Payload of `postComment`.
    package struct PostComment: Codable, Sendable, Hashable {
        package var issue: Int
        package var body: String
        package var marker: String
        /// Of an agent's report: who reports.
        package var heading: String?
        /// Where all of it is.
        package var artifact: String?
        /// Whether a person wrote it, whose mentions and links are meant.
        package var isPersons: Bool?
    }
    /// Payload of `claim`.
    package struct Claim: Codable, Sendable, Hashable {
        package var issue: Int
        package var agent: Int64
        package var hub: String
        package var host: String
        package var text: String
        /// What the label that queues an issue is called: a claim answers the last time that it was set.
        package var queuedLabel: String
    }
    /// Payload of `showStatus`.
    package struct ShowStatus: Codable, Sendable, Hashable {
        package var issue: Int
        package var body: String
        package var comment: Int64?
    }
    /// Payload of `react`.
    package struct React: Codable, Sendable, Hashable {
        package var issue: Int
        package var comment: Int64
        package var reaction: String
    }
    /// Payload of `push`.
    package struct Push: Codable, Sendable, Hashable {
        package var issue: Int
        package var branch: String
        package var commit: String
    }
    /// Payload of `openPull`.
    package struct OpenPull: Codable, Sendable, Hashable {
        package var issue: Int
        package var branch: String
        package var title: String
        package var body: String
        package var isDraft: Bool
    }
    /// Payload of `retireWorkspace`.
    package struct RetireWorkspace: Codable, Sendable, Hashable {
        package var issue: Int
        package var agent: String
        package var folder: String
        package var branch: String
        /// The branch's commit that is surely elsewhere; nil keeps the branch.
        package var merged: String?
        package var base: String?
    }
}
