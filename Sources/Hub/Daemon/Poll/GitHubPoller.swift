package import GitHub
package import Logging
import OrchCore
import OrchStore
import ServiceLifecycle
import Settings

/// Looks at GitHub again and again, and tells the hub what it sees there.
///
/// With nothing happening a look is three requests that are answered with 304; then the looks get rarer. It decides nothing.
package actor GitHubPoller: Service {
    /// An idle repository is looked at this much less often, at most.
    static let idleFactor = 4.0
    /// How often all open issues are looked at, for what the feeds don't tell: what was deleted or moved away.
    static let reconcileMs: Int64 = 900_000
    /// So many looks in a row must fail before GitHub counts as unreachable.
    static let failuresTold = 3

    let client: GitHubClient
    let facts: TrackerFacts
    let inbox: Inbox
    let settings: SettingsBox
    let account: TrackerAccount
    let logger: Logger
    /// Looks without news, one after the other.
    private var quiet = 0
    /// Looks that failed, one after the other.
    private var failures = 0
    /// What went wrong with a feed in this look, and may be better in the next.
    private var trouble: GitHubError?
    private var lastReconcileMs: Int64 = 0
    /// What was last seen of the open pull requests.
    var pullLooks: [Int: PullLook] = [:]
    /// Whether a merge was seen since they were looked at.
    var baseMoved = false
    /// Issues whose labels were not explained by events, and how often they were looked at in this state.
    var unsettled: [Int: (updatedAt: String, looks: Int)] = [:]
    /// What was asked for and is not there: not asked again by this daemon.
    var missing: Set<Int> = []
    private var lastState: TrackerState?

    /// A poller, over a client.
    package init(
        client: GitHubClient,
        facts: TrackerFacts,
        inbox: Inbox,
        settings: SettingsBox,
        account: TrackerAccount,
        logger: Logger
    ) {
        self.client = client
        self.facts = facts
        self.inbox = inbox
        self.settings = settings
        self.account = account
        self.logger = logger
    }

    package func run() async throws {
        do {
            try await cancelWhenGracefulShutdown {
                while !Task.isCancelled {
                    let pauseMs = await self.look()
                    try await Task.sleep(for: .milliseconds(pauseMs), clock: .continuous)
                }
            }
        } catch is CancellationError {
            return  // that is the shutdown
        }
    }

    /// One look; how long to wait before the next, in milliseconds.
    private func look() async -> Int64 {
        let pollMs = settings.value.pollMs
        do {
            let hasNews = try await seeAll()
            quiet = hasNews ? 0 : quiet + 1
            failures = 0
            await tell(.ok, nil)
            let factor = min(Self.idleFactor, 1 + Double(quiet / 10))
            let asked = await client.gate.state.pollIntervalMs ?? 0
            return max(asked, Int64(Double(pollMs) * factor))
        } catch let error as GitHubError {
            guard error.code != .cancelled else { return pollMs }
            failures += 1
            let state = Self.state(error)
            // One answer that did not come is no news yet.
            if state != .unreachable || failures >= Self.failuresTold || lastState == nil {
                await tell(state, error.message)
            } else {
                logger.debug("GitHub can't be looked at", metadata: ["error": "\(error.message)"])
            }
            return max(pollMs, min(error.retryAfterMs ?? 0, 3_600_000))
        } catch {
            logger.warning("GitHub can't be looked at", metadata: ["error": "\(error)"])
            return pollMs
        }
    }

    private func tell(_ state: TrackerState, _ reason: String?) async {
        if state != lastState {
            lastState = state
            if state == .ok {
                logger.notice("GitHub answers", metadata: ["repository": "\(client.repository)"])
            } else {
                logger.warning("GitHub: \(reason ?? state.rawValue)")
            }
        }
        await inbox.send([.observed(.state(state, reason: reason))])
    }

    private static func state(_ error: GitHubError) -> TrackerState {
        switch error.code {
        case .unauthorized, .misconfigured: .unauthorized
        case .forbidden, .locked: .forbidden
        case .notFound, .moved: .gone
        case .gone: .issuesOff
        case .archived: .archived
        default: .unreachable
        }
    }

    /// All feeds, in the order in which what they tell belongs together; whether there was news.
    ///
    /// One that fails for now keeps none of the others from being read.
    private func seeAll() async throws -> Bool {
        try await account.look(client) { [inbox] in await inbox.send([.observed($0)]) }
        trouble = nil
        var hasNews = try await passing { try await self.seePulls() }
        hasNews = try await passing { try await self.seeIssues() } || hasNews
        hasNews = try await passing { try await self.seeComments() } || hasNews
        hasNews = try await passing { try await self.seeBlockers() } || hasNews
        hasNews = try await passing { try await self.seeOpenPulls() } || hasNews
        let nowMs = SystemTime.nowMs
        if nowMs - lastReconcileMs >= Self.reconcileMs {
            if lastReconcileMs > 0 { try await reconcile() }
            lastReconcileMs = nowMs
        }
        if let trouble { throw trouble }
        await inbox.send([.observed(.polled(gate: await client.gate.saved().canonicalText))])
        return hasNews
    }

    /// Reads a feed; bad luck with it is kept for later.
    private func passing(_ feed: () async throws -> Bool) async throws -> Bool {
        do { return try await feed() } catch let error as GitHubError where error.isPassing {
            trouble = trouble ?? error
            return false
        }
    }

    /// What the feeds don't tell: issues that were deleted or moved to another repository.
    ///
    /// Only what a list of those that are handed over does not show is asked for one by one.
    private func reconcile() async throws {
        let listed = try await client.allIssues(labels: [settings.value.labels.orchestrate], state: .open)
        let shown = Set(listed.map(\.number))
        for number in try await facts.openIssues() where !shown.contains(number) {
            do { _ = try await client.issue(number) } catch {
                switch error.code {
                case .gone: await inbox.send([.observed(.gone(issue: number, how: "deleted"))])
                case .moved: await inbox.send([.observed(.gone(issue: number, how: "transferred"))])
                case .notFound: await inbox.send([.observed(.gone(issue: number, how: "deleted"))])
                default: throw error
                }
            }
        }
    }
}

extension GitHubError {
    /// Whether only this one request had bad luck.
    fileprivate var isPassing: Bool { code == .server || code == .badAnswer || code == .unavailable }
}
