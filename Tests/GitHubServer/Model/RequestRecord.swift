package import OrchCore

/// What is kept of a request.
package struct RequestRecord: Sendable {
    /// Counted from 1.
    package var number: Int
    package var atMs: Int64
    package var method: String
    /// Path and query.
    package var target: String
    /// Whose token it showed; nil for none, or one that is not known.
    package var user: String?
    /// Whether it came with `If-None-Match`.
    package var isConditional: Bool
    /// The status that was sent; nil if the client got none.
    package var status: Int?
    /// Whether it changed anything, also where the client was not told.
    package var hadEffect: Bool
    /// What went wrong with it, deliberately.
    package var fault: String?
    /// Whether a rate limit refused it.
    package var wasLimited: Bool
    /// What it cost on the secondary limit.
    package var points: Int
    /// What it sent; null for none.
    package var body: JSONValue

    /// Such as `POST /repos/acme/widgets/issues/1/comments 201`.
    package var summary: String { "\(method) \(target) \(status.map(String.init) ?? "-")" }
}

/// All requests, and what they come to.
package struct RequestLog: Sendable {
    /// The oldest are dropped beyond this.
    package static let keptMax = 200_000

    package private(set) var records: [RequestRecord] = []
    /// How many there were in all.
    package private(set) var total = 0

    /// How many were answered with 304.
    package var notModified: Int { records.count { $0.status == 304 } }
    /// How many changed something.
    package var effects: Int { records.count(where: \.hadEffect) }
    /// How many a rate limit refused.
    package var limited: Int { records.count(where: \.wasLimited) }

    /// Those of a method and a path that has a pattern in it.
    package func requests(_ method: String? = nil, _ path: String = "") -> [RequestRecord] {
        let rule = FaultRule(.stale, method, path)
        return records.filter { rule.fits(APIRequest(method: $0.method, target: $0.target)) }
    }

    mutating func add(_ record: RequestRecord) {
        records.append(record)
        total += 1
        if records.count > Self.keptMax { records.removeFirst(Self.keptMax / 10) }
    }
}
