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

    let client: GitHubClient
    let facts: TrackerFacts
    let inbox: Inbox
    let settings: SettingsBox
    let account: TrackerAccount
    let logger: Logger
    /// Looks without news, one after the other.
    private var quiet = 0
    private var lastReconcileMs: Int64 = 0
    private var lastDetailsMs: Int64 = 0
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
            await tell(.ok, nil)
            let factor = min(Self.idleFactor, 1 + Double(quiet / 10))
            let asked = await client.gate.state.pollIntervalMs ?? 0
            return max(asked, Int64(Double(pollMs) * factor))
        } catch let error as GitHubError {
            guard error.code != .cancelled else { return pollMs }
            await tell(Self.state(error), error.message)
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
    private func seeAll() async throws -> Bool {
        try await account.look(client) { [inbox] in await inbox.send([.observed($0)]) }
        var hasNews = try await seePulls()
        hasNews = try await seeIssues() || hasNews
        hasNews = try await seeComments() || hasNews
        try await seeBlockers()
        let nowMs = SystemTime.nowMs
        if nowMs - lastDetailsMs >= max(settings.value.pollMs, 10_000) || hasNews {
            lastDetailsMs = nowMs
            try await seeOpenPulls()
        }
        if nowMs - lastReconcileMs >= Self.reconcileMs {
            if lastReconcileMs > 0 { try await reconcile() }
            lastReconcileMs = nowMs
        }
        await inbox.send([.observed(.polled)])
        return hasNews
    }

    /// What the feeds don't tell: issues that were deleted or moved to another repository.
    private func reconcile() async throws {
        for number in try await facts.openIssues() {
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
