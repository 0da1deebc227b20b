import OrchCore

/// How much a client may ask (docs.github.com/rest "Rate limits for the REST API").
package struct LimitRules: Sendable {
    /// Requests an hour.
    package var perHour = 5000
    /// Requests an hour of who shows no token.
    package var perHourAnonymous = 60
    /// Searches a minute.
    package var searchesPerMinute = 30
    /// Points a minute: a read costs one, a write five.
    package var pointsPerMinute = 900
    /// Requests that create content, a minute and an hour.
    package var contentPerMinute = 80
    package var contentPerHour = 500
    /// Whether the limits on points and content count.
    package var hasSecondary = true

    /// GitHub's own.
    package static let github = LimitRules()
    /// None that a test would reach.
    package static let none = LimitRules(perHour: 1_000_000, searchesPerMinute: 1_000_000, hasSecondary: false)
}

/// What clients have used up.
struct RateLimits: Sendable {
    private struct Usage: Sendable {
        var windowMs: Int64 = 0
        var used = 0
    }

    private struct Spent: Sendable {
        var atMs: Int64
        var points: Int
        var isContent: Bool
    }

    /// Where a user stands in one of the limits.
    struct Standing {
        var resource: String
        var limit: Int
        var used: Int
        var resetMs: Int64

        var remaining: Int { max(0, limit - used) }

        /// The headers that say so.
        var headers: [String: String] {
            [
                "x-ratelimit-limit": String(limit), "x-ratelimit-remaining": String(remaining),
                "x-ratelimit-used": String(used), "x-ratelimit-reset": String(resetMs / 1000),
                "x-ratelimit-resource": resource,
            ]
        }

        var json: JSONValue {
            [
                "limit": .integer(Int64(limit)), "used": .integer(Int64(used)),
                "remaining": .integer(Int64(remaining)), "reset": .integer(resetMs / 1000),
            ]
        }
    }

    var rules: LimitRules
    private var usages: [String: Usage] = [:]
    private var spent: [String: [Spent]] = [:]

    init(rules: LimitRules) { self.rules = rules }

    /// Where somebody stands.
    mutating func standing(_ who: String, _ resource: String, nowMs: Int64) -> Standing {
        let lengthMs: Int64 = resource == "search" ? 60_000 : 3_600_000
        var usage = usages["\(resource) \(who)"] ?? Usage()
        if nowMs >= usage.windowMs + lengthMs || usage.windowMs > nowMs + lengthMs { usage = Usage(windowMs: nowMs) }
        usages["\(resource) \(who)"] = usage
        let limit =
            resource == "search" ? rules.searchesPerMinute : who.isEmpty ? rules.perHourAnonymous : rules.perHour
        return Standing(resource: resource, limit: limit, used: usage.used, resetMs: usage.windowMs + lengthMs)
    }

    /// Counts one request on the primary limit.
    mutating func use(_ who: String, _ resource: String) { usages["\(resource) \(who)"]?.used += 1 }

    /// Uses up all that somebody has left.
    mutating func exhaust(_ who: String, _ resource: String, nowMs: Int64) {
        let limit = standing(who, resource, nowMs: nowMs).limit
        usages["\(resource) \(who)"]?.used = limit
    }

    /// Gives somebody all back.
    mutating func restore(_ who: String) {
        for resource in ["core", "graphql", "search"] { usages["\(resource) \(who)"] = nil }
        spent[who] = nil
    }

    /// Counts a request on the secondary limits; the seconds to wait if it is one too many.
    mutating func spend(_ who: String, points: Int, isContent: Bool, nowMs: Int64) -> Int? {
        guard rules.hasSecondary else { return nil }
        var recent = spent[who, default: []].filter { $0.atMs > nowMs - 3_600_000 && $0.atMs <= nowMs }
        defer { spent[who] = recent }
        let minute = recent.filter { $0.atMs > nowMs - 60_000 }
        let isOver =
            minute.reduce(0) { $0 + $1.points } + points > rules.pointsPerMinute
            || isContent && minute.count(where: \.isContent) >= rules.contentPerMinute
        if isOver { return 60 }
        if isContent, recent.count(where: \.isContent) >= rules.contentPerHour {
            let oldest = recent.first(where: \.isContent)?.atMs ?? nowMs
            return max(60, Int((oldest + 3_600_000 - nowMs) / 1000))
        }
        recent.append(Spent(atMs: nowMs, points: points, isContent: isContent))
        return nil
    }
}
