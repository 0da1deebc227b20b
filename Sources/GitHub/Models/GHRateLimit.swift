package import OrchCore

/// The primary limit of the REST API.
///
/// Source: https://docs.github.com/en/rest/rate-limit/rate-limit
package struct GHRateLimit: Sendable, Hashable {
    /// How many requests an hour has.
    package var limit: Int
    /// How many are left of it.
    package var remaining: Int
    /// When it is whole again.
    package var resetAt: GHTime

    /// Reads `resources.core`, which all versions of the API have.
    package init(_ json: JSONValue) throws(BadField) {
        let fields = try Fields(json["resources"]?["core"] ?? .null, "rate limit")
        limit = try fields.number("limit")
        remaining = try fields.number("remaining")
        resetAt = GHTime(ms: try fields.id("reset") * 1_000)
    }
}
