/// How a deed ended, as its performer reports it.
package enum EffectResult: Sendable, Hashable {
    /// Done, or found to have been done before; with what it brought.
    case done(Outcome)
    /// Not done, or nobody knows: to be tried again, which begins with finding out.
    case retry(reason: String)
    /// Not done, surely, and not for anything that is wrong with it: codex takes nothing new now.
    case later(reason: String, isDraining: Bool)
    /// It will not be done: final.
    case failed(code: FailureCode, reason: String)

    /// What a deed brought.
    package enum Outcome: Sendable, Hashable {
        case nothing
        case appServer(pid: Int64?, startTime: Int64?, bootID: String?)
        case connected(version: String?)
        case thread(id: String)
        case history(ThreadHistory)
        /// `found` when the message was there already: its turn may have ended unseen.
        case accepted(codexTurn: String, found: Bool)
        case workspace(path: String, branch: String, baseCommit: String, head: String, reused: Bool)
        case inspected(WorkspaceFacts)
        case exec(exitCode: Int, output: String)
        /// What the tracker shows now, what others did to the labels meanwhile, and the newest event that was seen.
        case labels(observed: [String], events: [Observation.LabelEvent] = [], lastEvent: Int64? = nil)
        /// The issue is ours, by this comment.
        case claimed(comment: Int64)
        case pushed(commit: String)
        case pull(Observation.PullSeen)
        /// Where what could be lost was saved, if anything was.
        case retired(saved: String?)
        case comment(id: Int64)
    }

    /// Why a deed will not be done.
    package enum FailureCode: String, Sendable, Hashable {
        /// The app-server process is gone.
        case serverGone = "server_gone"
        /// The thread can't be resumed: no rollout.
        case noRollout = "no_rollout"
        /// Another process writes the thread.
        case foreignWriter = "foreign_writer"
        /// The thread's folder or branch is not what it was.
        case wrongPlace = "wrong_place"
        /// The worktree is on another branch.
        case wrongBranch = "wrong_branch"
        /// Another hub has claimed the issue.
        case heldByOther = "held_by_other"
        /// There was no running turn to put a message into.
        case notActive = "not_active"
        /// Refused for good.
        case refused
        /// Anything else that trying again won't mend.
        case other
    }
}

/// What git shows in an agent's worktree.
package struct WorkspaceFacts: Sendable, Hashable {
    package var branch: String
    package var head: String
    package var commitsAhead: Int
    package var uncommitted: [String]
    package var text: String

    /// The facts, with `text` as a person would read them.
    package init(branch: String, head: String, commitsAhead: Int, uncommitted: [String], text: String) {
        self.branch = branch
        self.head = head
        self.commitsAhead = commitsAhead
        self.uncommitted = uncommitted
        self.text = text
    }
}

/// What a thread holds, as Codex tells on request.
package struct ThreadHistory: Sendable, Hashable {
    /// A turn of the thread.
    package struct Turn: Sendable, Hashable {
        package var id: String
        package var status: String
        package var errorKind: String?
        package var errorMessage: String?

        /// A turn.
        package init(id: String, status: String, errorKind: String? = nil, errorMessage: String? = nil) {
            self.id = id
            self.status = status
            self.errorKind = errorKind
            self.errorMessage = errorMessage
        }
    }
    /// An item of one of its turns.
    package struct Item: Sendable, Hashable {
        package var turn: String
        package var item: TurnItem

        /// An item.
        package init(turn: String, item: TurnItem) {
            self.turn = turn
            self.item = item
        }
    }

    /// Oldest first.
    package var turns: [Turn]
    /// Oldest first.
    package var items: [Item]

    /// A history.
    package init(turns: [Turn], items: [Item]) {
        self.turns = turns
        self.items = items
    }
}

/// One thing that happened in a turn, as far as the hub cares.
package struct TurnItem: Sendable, Hashable {
    /// What it is.
    package enum Kind: String, Sendable, Hashable {
        case userMessage = "user_message"
        case agentMessage = "agent_message"
        case command, fileChange = "file_change", toolCall = "tool_call", reasoning, other
    }
    package var id: String
    package var kind: Kind
    /// Of a user message: the hub's turn id.
    package var clientID: String?
    /// Of a message: its text.
    ///
    /// Of others: what a person wants to see of it.
    package var text: String
    package var status: String?

    /// An item.
    package init(id: String, kind: Kind, clientID: String? = nil, text: String, status: String? = nil) {
        self.id = id
        self.kind = kind
        self.clientID = clientID
        self.text = text
        self.status = status
    }
}
