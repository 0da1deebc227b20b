/// What an agent must know to go on after its turn was cut off (P-06).
package struct ContinuationFacts: Sendable, Hashable {
    /// Why the turn ended.
    package enum Cause: Sendable, Hashable {
        /// The process that ran it was killed or died.
        case killed
        /// It failed, with the reason.
        case failed(String)
        /// The account's usage limit was reached, and has been reset since.
        case usageLimit
        /// The conversation itself is lost, with the reason and the first message of the old one: a new one begins with this.
        case conversationLost(reason: String, task: String)
    }

    /// What git shows in the worktree now.
    package struct Git: Sendable, Hashable {
        package var branch: String
        package var head: String
        /// Commits of the branch that the base has not.
        package var commits: Int
        /// Files that differ from the last commit.
        package var uncommitted: [String]

        /// The facts.
        package init(branch: String, head: String, commits: Int, uncommitted: [String]) {
            self.branch = branch
            self.head = head
            self.commits = commits
            self.uncommitted = uncommitted
        }
    }

    package var cause: Cause
    /// The message that the turn was working on.
    package var prompt: String
    /// Commands that had begun and not ended.
    package var running: [String]
    /// Commands that had ended, oldest first.
    package var finished: [String]
    /// Summaries of what was reported before, oldest first.
    package var reported: [String]
    /// Nil for an agent without a worktree, or when nobody could look.
    package var git: Git?
    /// Worked time that is left, in milliseconds.
    package var leftMs: Int64?
    package var tokensLeft: Int64?

    /// The facts.
    package init(
        cause: Cause,
        prompt: String,
        running: [String] = [],
        finished: [String] = [],
        reported: [String] = [],
        git: Git? = nil,
        leftMs: Int64? = nil,
        tokensLeft: Int64? = nil
    ) {
        self.cause = cause
        self.prompt = prompt
        self.running = running
        self.finished = finished
        self.reported = reported
        self.git = git
        self.leftMs = leftMs
        self.tokensLeft = tokensLeft
    }
}
