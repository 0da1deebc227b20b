import GitHubServer
import OrchCore
import OrchTestSupport
import Synchronization

/// A GitHub with the repository acme/widgets, and the people that tests need: acme (owner), orch (write), tina (triage), mallory (nobody).
struct World: Sendable {
    let model: GitHubModel
    let clock: ManualClock
    let port: Int

    /// Runs a body in a new world, with its server.
    static func run(
        limits: LimitRules = .github,
        remote: String? = nil,
        _ body: @escaping @Sendable (World) async throws -> Void
    ) async throws {
        let clock = ManualClock()
        let model = GitHubModel(limits: limits, clock: { clock.nowMs })
        try await model.addRepository("acme/widgets", remote: remote)
        try await model.addUser("orch", token: "orch-token", role: .write)
        try await model.addUser("tina", token: "tina-token", role: .triage)
        try await model.addUser("mallory", token: "mallory-token")
        try await model.addToken("acme-token", "acme")
        try await GitHubServer.with(model) { port in
            try await body(World(model: model, clock: clock, port: port))
        }
    }

    /// Asks, or changes, below acme/widgets; a path that begins with a slash is taken as it is.
    @discardableResult
    func send(
        _ method: String,
        _ path: String,
        _ body: JSONValue? = nil,
        as user: String? = "orch",
        headers: [String: String] = [:]
    ) async throws -> Exchange {
        var all = ["user-agent": "test"]
        if let user { all["authorization"] = "Bearer \(user)-token" }
        let base = "http://127.0.0.1:\(port)"
        let target = path.hasPrefix(base) ? String(path.dropFirst(base.count)) : path
        return try await Exchange.send(
            port,
            method,
            target.hasPrefix("/") ? target : "/repos/acme/widgets/\(target)",
            headers: all.merging(headers) { $1 },
            body: body?.canonicalText ?? ""
        )
    }

    /// All items of a list, page by page as the `Link` header leads.
    func all(_ path: String) async throws -> [JSONValue] {
        var items: [JSONValue] = []
        var next: String? = path
        for _ in 0..<100 {
            guard let page = next else { break }
            let exchange = try await send("GET", page)
            items += exchange.json.arrayValue ?? []
            next = exchange.next
        }
        return items
    }
}

/// A clock that stands until it is moved; it begins at 2026-01-01T00:00:00Z.
final class ManualClock: Sendable {
    private let state = Mutex<Int64>(1_767_225_600_000)

    var nowMs: Int64 { state.withLock { $0 } }

    func advance(_ seconds: Int64) { state.withLock { $0 += seconds * 1000 } }
}

extension JSONValue {
    /// A member's texts, from a list of objects.
    func texts(_ key: String) -> [String] { (arrayValue ?? []).compactMap { $0[key]?.stringValue } }
    /// A member's numbers, from a list of objects.
    func numbers(_ key: String) -> [Int64] { (arrayValue ?? []).compactMap { $0[key]?.intValue } }
}
