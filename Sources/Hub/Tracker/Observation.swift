package import OrchCore
package import OrchStore

/// What was seen at the tracker.
///
/// Made at the edge, whole: the hub asks for nothing more to act on it. Each is one transaction together with the cursor that it moves, so that
/// after a crash the same is seen again or the next thing is, and nothing is missed.
package enum Observation: Sendable, Hashable {
    /// The repository, and who we are there.
    case repository(RepositorySeen)
    /// Issues that changed, oldest first.
    case issues([IssueSeen], cursor: TrackerTable.Cursor)
    /// Comments that are new or were changed, oldest first.
    case comments([CommentSeen], cursor: TrackerTable.Cursor)
    /// Pull requests that changed.
    case pulls([PullSeen], cursor: TrackerTable.Cursor?)
    /// An issue is no longer in the repository.
    case gone(issue: Int, how: String)
    /// What somebody may do.
    case permission(login: String, level: String)
    /// All feeds were read; with what the limits on requests allow then, as a row.
    case polled(gate: String?)
    /// The tracker can't be worked with, or can again.
    case state(TrackerState, reason: String?)

    /// A repository as it was seen.
    package struct RepositorySeen: Sendable, Hashable {
        package var name: String
        package var id: Int64
        package var login: String?
        package var defaultBranch: String

        /// A repository.
        package init(name: String, id: Int64, login: String?, defaultBranch: String) {
            self.name = name
            self.id = id
            self.login = login
            self.defaultBranch = defaultBranch
        }
    }

    /// A label that was set or taken off.
    package struct LabelEvent: Sendable, Hashable {
        /// The tracker's own number, which grows.
        package var id: Int64
        package var label: String
        package var isAdded: Bool
        package var actor: String
        /// Whether the actor has write access (I11).
        package var isTrusted: Bool

        /// An event.
        package init(id: Int64, label: String, isAdded: Bool, actor: String, isTrusted: Bool) {
            self.id = id
            self.label = label
            self.isAdded = isAdded
            self.actor = actor
            self.isTrusted = isTrusted
        }
    }

    /// Who changed an issue's text last.
    package struct Editor: Sendable, Hashable {
        package var login: String
        package var isTrusted: Bool

        /// An editor.
        package init(login: String, isTrusted: Bool) {
            self.login = login
            self.isTrusted = isTrusted
        }
    }

    /// An issue as it was seen.
    package struct IssueSeen: Sendable, Hashable {
        package var number: Int
        package var remoteID: Int64
        package var url: String
        package var title: String
        package var body: String
        package var author: String
        package var isOpen: Bool
        package var isLocked: Bool
        package var labels: [String]
        package var createdAtMs: Int64
        /// The server's time of this version, ISO 8601.
        package var updatedAt: String
        /// Blockers by the tracker's own dependencies, those that are open; nil when they were not asked for.
        package var nativeBlockers: [Int]?
        /// Changes of labels since the last that was acted on, oldest first; nil when they were not asked for.
        package var labelEvents: [LabelEvent]?
        /// Who wrote the text; nil when it was not asked for.
        package var editor: Editor?
        /// Whether it is kept although it carries none of our labels: another one names it.
        package var isWanted: Bool

        /// An issue.
        package init(
            number: Int,
            remoteID: Int64,
            url: String,
            title: String,
            body: String,
            author: String,
            isOpen: Bool,
            isLocked: Bool,
            labels: [String],
            createdAtMs: Int64,
            updatedAt: String,
            nativeBlockers: [Int]? = nil,
            labelEvents: [LabelEvent]? = nil,
            editor: Editor? = nil,
            isWanted: Bool = false
        ) {
            self.number = number
            self.remoteID = remoteID
            self.url = url
            self.title = title
            self.body = body
            self.author = author
            self.isOpen = isOpen
            self.isLocked = isLocked
            self.labels = labels
            self.createdAtMs = createdAtMs
            self.updatedAt = updatedAt
            self.nativeBlockers = nativeBlockers
            self.labelEvents = labelEvents
            self.editor = editor
            self.isWanted = isWanted
        }
    }

    /// A comment as it was seen.
    package struct CommentSeen: Sendable, Hashable {
        package var id: Int64
        /// The issue or pull request.
        package var issue: Int
        package var author: String
        /// Whether orch wrote it: our login and a marker.
        package var isOurs: Bool
        package var isBot: Bool
        /// Whether its author has write access (I11).
        package var isTrusted: Bool
        package var body: String
        package var createdAtMs: Int64
        package var updatedAt: String
        /// A claim that another hub holds or has given up in this comment.
        package var claim: ClaimSeen?

        /// A comment.
        package init(
            id: Int64,
            issue: Int,
            author: String,
            isOurs: Bool,
            isBot: Bool,
            isTrusted: Bool,
            body: String,
            createdAtMs: Int64,
            updatedAt: String,
            claim: ClaimSeen? = nil
        ) {
            self.id = id
            self.issue = issue
            self.author = author
            self.isOurs = isOurs
            self.isBot = isBot
            self.isTrusted = isTrusted
            self.body = body
            self.createdAtMs = createdAtMs
            self.updatedAt = updatedAt
            self.claim = claim
        }
    }

    /// What a claim's comment says.
    package struct ClaimSeen: Sendable, Hashable {
        package var hub: String
        package var host: String
        package var isReleased: Bool

        /// Who holds it, in words, by which it is known again.
        package var holder: String { "hub \(SafeText.line(hub)) on \(SafeText.line(host))" }

        /// A claim.
        package init(hub: String, host: String, isReleased: Bool) {
            self.hub = hub
            self.host = host
            self.isReleased = isReleased
        }
    }

    /// A pull request as it was seen.
    package struct PullSeen: Sendable, Hashable {
        package var number: Int
        /// The branch that it asks to merge; of this repository.
        package var branch: String
        package var url: String
        /// `open`, `closed` or `merged`.
        package var state: String
        package var isDraft: Bool
        package var head: String
        package var base: String
        package var baseSHA: String
        package var mergeCommit: String?
        package var updatedAt: String
        /// Whether it can't be merged as it stands; nil when that is not known.
        package var hasConflict: Bool?
        package var feedback: [FeedbackSeen]

        /// A pull request.
        package init(
            number: Int,
            branch: String,
            url: String,
            state: String,
            isDraft: Bool,
            head: String,
            base: String,
            baseSHA: String,
            mergeCommit: String?,
            updatedAt: String,
            hasConflict: Bool? = nil,
            feedback: [FeedbackSeen] = []
        ) {
            self.number = number
            self.branch = branch
            self.url = url
            self.state = state
            self.isDraft = isDraft
            self.head = head
            self.base = base
            self.baseSHA = baseSHA
            self.mergeCommit = mergeCommit
            self.updatedAt = updatedAt
            self.hasConflict = hasConflict
            self.feedback = feedback
        }
    }

    /// What a reviewer or a check said.
    package struct FeedbackSeen: Sendable, Hashable {
        /// Its key stays the same however often it is seen: `review:ID`, `comment:line:ID`, `check:SHA:NAME`.
        package var said: PullTable.Feedback
        /// Whether who said it has write access (I11).
        package var isTrusted: Bool

        /// Something that was said.
        package init(_ said: PullTable.Feedback, isTrusted: Bool) {
            self.said = said
            self.isTrusted = isTrusted
        }
    }
}
