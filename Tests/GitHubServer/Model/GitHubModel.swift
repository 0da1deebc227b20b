import OrchCore

/// A GitHub without HTTP: the state, who changes it, what goes wrong, and a log of it all.
///
/// Requests come in through `receive`, one after another; a person acts through the functions of `GitHubModel+Acts`. Each is one step:
/// it happens whole, or, when it is refused, not at all. What the bare git repository says about branches is looked up before each step.
package actor GitHubModel {
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
    private let executor = QueueExecutor()

    /// What everything is.
    package internal(set) var state: GitHubState
    /// What was asked.
    package private(set) var log = RequestLog()

    private let clock: @Sendable () -> Int64
    private var skewMs: Int64 = 0
    private var limits: RateLimits
    var faults = FaultPlan()
    /// Older states, oldest first, for stale answers; empty unless some are planned.
    private var history: [GitHubState] = []
    private var watchers: [Int: AsyncStream<Void>.Continuation] = [:]
    private var nextWatcher = 0

    /// How many older states are kept.
    private static let historyMax = 8

    /// An empty GitHub.
    ///
    /// - Parameters:
    ///   - limits: how much clients may ask.
    ///   - clock: the server's time in milliseconds since 1970; by default the system's.
    package init(limits: LimitRules = .github, clock: @escaping @Sendable () -> Int64 = SystemTime.nowMs) {
        self.clock = clock
        self.limits = RateLimits(rules: limits)
        state = GitHubState(nowMs: clock())
    }

    // MARK: - What tests set

    /// Sets the server's clock before or behind the time that it was given.
    package func setClockSkew(_ skew: Duration) { skewMs = skew.components.seconds * 1000 }

    /// Adds a fault for certain requests.
    package func addFault(_ rule: FaultRule) { faults.add(rule) }

    /// Lets a part of the requests go wrong at random, the same for the same seed and the same requests.
    package func randomizeFaults(
        seed: UInt64,
        rate: Double,
        ofReads: [Fault] = Fault.ofReads,
        ofWrites: [Fault] = Fault.ofWrites
    ) {
        faults.randomize(seed: seed, rate: rate, ofReads: ofReads, ofWrites: ofWrites)
    }

    /// Ends all faults.
    package func clearFaults() { faults.clear() }

    /// Uses up a user's requests of the hour.
    package func exhaustRateLimit(_ login: String, resource: String = "core") {
        limits.exhaust(login.lowercased(), resource, nowMs: nowMs)
    }

    /// Gives a user all requests back.
    package func restoreRateLimit(_ login: String) { limits.restore(login.lowercased()) }

    /// The server's time.
    package var nowMs: Int64 { clock() + skewMs }

    // MARK: - Steps

    /// Changes the state as one step: whole, or not at all when it throws.
    package func act<T: Sendable>(_ body: @Sendable (inout GitHubState) throws -> T) throws -> T {
        state.nowMs = nowMs
        try state.lookAtBranches()
        let before = state
        do {
            let value = try body(&state)
            remember(before)
            wake()
            return value
        } catch {
            state = before
            throw error
        }
    }

    /// Waits until something is so, no longer than a limit.
    ///
    /// It is looked at after each request and each act.
    /// - Throws: `GitHubServerError`, which says what was waited for.
    package func wait(
        for what: String,
        limit: Duration = .seconds(30),
        until isSo: @escaping @Sendable (GitHubState, RequestLog) -> Bool
    ) async throws {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        nextWatcher += 1
        let watcher = nextWatcher
        watchers[watcher] = continuation
        defer { watchers[watcher] = nil }
        continuation.yield()
        try await withLimit(limit, what) {
            for await _ in stream where await self.holds(isSo) { return }
            throw CancellationError()
        }
    }

    private func holds(_ isSo: @Sendable (GitHubState, RequestLog) -> Bool) -> Bool { isSo(state, log) }

    private func wake() { for watcher in watchers.values { watcher.yield() } }

    private func remember(_ before: GitHubState) {
        guard faults.wantsHistory, before.revision != state.revision else { return }
        history.append(before)
        if history.count > Self.historyMax { history.removeFirst() }
    }

    // MARK: - Requests

    /// Answers a request.
    package func receive(_ request: APIRequest) -> Delivery {
        state.nowMs = nowMs
        let fault = faults.next(request)
        var record = RequestRecord(
            number: log.total + 1,
            atMs: state.nowMs,
            method: request.method,
            target: request.target,
            user: request.token.flatMap { state.tokens[$0]?.login },
            isConditional: request.headers["if-none-match"] != nil,
            hadEffect: false,
            fault: fault?.name,
            wasLimited: false,
            points: request.isRead ? 1 : 5,
            body: (try? request.json()) ?? .null  // what cannot be read is answered with 400
        )
        var delivery = Delivery(answer: APIAnswer(200))
        if let fault, fault.isBeforeEffect {
            spoil(&delivery, with: fault)
        } else {
            do {
                try state.lookAtBranches()
                delivery.answer = answer(request, &record, isStale: fault == .stale)
            } catch {
                delivery.answer = APIAnswer(Refusal(500, "\(error)"))
            }
            if let fault { spoil(&delivery, with: fault) }
        }
        complete(&delivery.answer, request, record)
        if delivery.ending == .whole || delivery.ending == .cut { record.status = delivery.answer.status }
        log.add(record)
        wake()
        return delivery
    }

    /// The answer without what may go wrong with it.
    private func answer(_ request: APIRequest, _ record: inout RequestRecord, isStale: Bool) -> APIAnswer {
        let who = record.user?.lowercased() ?? ""
        let isFree = request.path.last == "rate_limit"
        if isFree { return rateLimits(who) }
        if let refusal = refusedByLimit(request, who) {
            record.wasLimited = true
            return refusal
        }
        let before = state
        let outcome: Router.Outcome
        if isStale, request.isList, var old = history.first {
            old.nowMs = state.nowMs
            outcome = Router.shared.answer(request, &old)
        } else {
            outcome = Router.shared.answer(request, &state)
        }
        // A refusal changes nothing, also where it came up in the middle; GraphQL refuses with status 200.
        if outcome.answer.status >= 400 || outcome.answer.isRefused { state = before }
        record.hadEffect = state.revision != before.revision
        remember(before)
        var answer = outcome.answer
        if !outcome.permissions.isEmpty {
            answer.headers["x-accepted-github-permissions"] = outcome.permissions.joined(separator: "; ")
        }
        if request.method == "GET", answer.status == 200 { answer.validate(request) }
        // "Making a conditional request does not count against your primary rate limit if a 304 response is returned and
        // the request was made while correctly authorized" (docs.github.com "Best practices for using the REST API").
        if answer.status != 304 || who.isEmpty { limits.use(who, request.resource) }
        return answer
    }

    private func rateLimits(_ who: String) -> APIAnswer {
        var resources: [String: JSONValue] = [:]
        for name in ["core", "graphql", "search"] {
            resources[name] = limits.standing(who, name, nowMs: state.nowMs).json
        }
        return APIAnswer(200, ["resources": .object(resources), "rate": resources["core"] ?? .null])
    }

    private func refusedByLimit(_ request: APIRequest, _ who: String) -> APIAnswer? {
        let standing = limits.standing(who, request.resource, nowMs: state.nowMs)
        if standing.remaining == 0 {
            let id = state.user(who).map { String($0.id) } ?? "0"
            return APIAnswer(Refusal(403, "API rate limit exceeded for user ID \(id)."))
        }
        let points = request.isRead ? 1 : 5
        let wait = limits.spend(who, points: points, isContent: request.isContent, nowMs: state.nowMs)
        return wait.map { APIAnswer(.secondaryLimit(403, retryAfterSeconds: $0)) }
    }

    /// Adds the headers that each answer has.
    private func complete(_ answer: inout APIAnswer, _ request: APIRequest, _ record: RequestRecord) {
        let who = record.user?.lowercased() ?? ""
        answer.headers["date"] = GitHubTime.httpDate(state.nowMs)
        answer.headers["server"] = "github.com"
        answer.headers["x-github-request-id"] = "0000:\(record.number)"
        answer.headers["x-github-media-type"] = "github.v3; format=json"
        answer.headers["x-github-api-version-selected"] = request.headers["x-github-api-version"] ?? "2022-11-28"
        answer.headers["vary"] =
            "Accept, Authorization, Cookie, X-GitHub-OTP, Accept-Encoding, Accept, X-Requested-With"
        let standing = limits.standing(who, request.resource, nowMs: state.nowMs)
        answer.headers.merge(standing.headers) { $1 }
    }

    private func spoil(_ delivery: inout Delivery, with fault: Fault) {
        switch fault {
        case .status(let status, _):
            delivery.answer = APIAnswer(status, ["message": "Server Error"])
        case .delay(let milliseconds): delivery.delay = .milliseconds(milliseconds)
        case .hang: delivery.ending = .hang
        case .reset: delivery.ending = .reset
        case .close: delivery.ending = .close
        case .stale: break
        case .reordered:
            // Only a list can come in another order: what is none is answered as it is.
            guard case .array(let items)? = try? JSONValue(parsing: delivery.answer.body) else { return }
            let headers = delivery.answer.headers
            delivery.answer = APIAnswer(delivery.answer.status, .array(faults.shuffled(items)))
            delivery.answer.headers.merge(headers) { $1 }
        case .html:
            let page = "<!DOCTYPE html>\n<html><head><title>Unicorn!</title></head><body>try again</body></html>\n"
            delivery.answer = APIAnswer(200, text: page, type: "text/html; charset=utf-8")
        case .cutJSON: delivery.answer.body = Array(delivery.answer.body.prefix(delivery.answer.body.count / 2))
        case .cutTransfer: delivery.ending = .cut
        case .secondaryLimit(let seconds): delivery.answer = APIAnswer(.secondaryLimit(403, retryAfterSeconds: seconds))
        case .tooManyRequests(let seconds):
            delivery.answer = APIAnswer(.secondaryLimit(429, retryAfterSeconds: seconds))
        }
    }
}

extension Refusal {
    /// Too much at once (docs.github.com/rest "Rate limits for the REST API", "About secondary rate limits").
    static func secondaryLimit(_ status: Int, retryAfterSeconds: Int) -> Refusal {
        Refusal(
            status,
            "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
            headers: ["retry-after": String(retryAfterSeconds)]
        )
    }
}

extension APIRequest {
    /// The token that it shows.
    var token: String? { headers["authorization"]?.split(separator: " ").last.map(String.init) }

    /// Which of the primary limits it counts on.
    var resource: String {
        if path.last == "graphql" { return "graphql" }
        return path.contains("search") ? "search" : "core"
    }

    /// Whether it asks for a list, and not for one thing, which GitHub never shows stale.
    var isList: Bool {
        guard method == "GET", let last = path.last, Int64(last) == nil else { return false }
        return !["user", "permission", "rate_limit"].contains(last)
    }

    /// Whether it creates content, which has limits of its own: whatever people are told of.
    var isContent: Bool {
        if isRead || method == "DELETE" { return false }
        if path.last == "graphql" { return true }
        return path.contains { ["issues", "comments", "pulls", "reviews"].contains($0) } && !path.contains("labels")
    }
}

extension APIAnswer {
    /// Gives it an `ETag`, and turns it into a 304 if the client has it already.
    ///
    /// The tag is weak, and another token gets another one (docs.github.com "Best practices for using the REST API").
    mutating func validate(_ request: APIRequest) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325  // FNV-1a
        for byte in body { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        for byte in (request.token ?? "").utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let tag = "\"\(String(hash, radix: 16))\""
        headers["etag"] = "W/\(tag)"
        headers["cache-control"] = "private, max-age=60, s-maxage=60"
        guard let known = request.headers["if-none-match"] else { return }
        let tags = known.split(separator: ",").map { String($0).trimmed }
        guard tags.contains(where: { $0 == "*" || $0 == tag || $0 == "W/\(tag)" }) else { return }
        status = 304
        body = []
        headers["content-type"] = nil
    }
}
