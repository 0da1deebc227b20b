import GitHubServer
import OrchCore
import Testing

@Suite struct FaultTests {
    private static let comment: JSONValue = ["body": "x"]

    private static func bodies(_ world: World) async throws -> [String] {
        try await world.send("GET", "issues/1/comments").json.texts("body")
    }

    @Test(arguments: [
        Fault.reset(), .reset(afterEffect: true), .close(), .close(afterEffect: true), .status(502),
        .status(502, afterEffect: true), .html, .cutJSON, .cutTransfer, .secondaryLimit(retryAfterSeconds: 7),
        .tooManyRequests(retryAfterSeconds: 7),
    ])
    func `a write that goes wrong has its effect or has it not, as the fault says`(_ fault: Fault) async throws {
        try await World.run { world in
            try await world.model.fileIssue("a", by: "acme")
            await world.model.addFault(FaultRule(fault, "POST", "/issues/1/comments"))
            let exchange = try await world.send("POST", "issues/1/comments", Self.comment)
            var hasEffect = false
            switch fault {
            case .reset(let after):
                #expect((exchange.status, exchange.ending) == (0, .reset))
                hasEffect = after
            case .close(let after):
                #expect((exchange.status, exchange.ending) == (0, .closed))
                hasEffect = after
            case .status(_, let after):
                #expect(exchange.status == 502)
                hasEffect = after
            case .html:
                #expect(exchange.status == 200)
                #expect(exchange.headers["content-type"]?.hasPrefix("text/html") == true)
            case .cutJSON:
                #expect((exchange.status, exchange.isWhole, exchange.json) == (201, true, .null))
                hasEffect = true
            case .cutTransfer:
                #expect(!exchange.isWhole || exchange.ending == .reset)
                hasEffect = true
            case .secondaryLimit: #expect((exchange.status, exchange.headers["retry-after"]) == (403, "7"))
            case .tooManyRequests: #expect((exchange.status, exchange.headers["retry-after"]) == (429, "7"))
            default: break
            }
            #expect(try await Self.bodies(world) == (hasEffect ? ["x"] : []))
            let record = try #require(await world.model.log.requests("POST").first)
            #expect((record.hadEffect, record.fault) == (hasEffect, fault.name))
            #expect(record.status == (exchange.status == 0 && fault != .cutTransfer ? nil : record.status))
            // Once only: the next one is answered.
            #expect(try await world.send("POST", "issues/1/comments", Self.comment).status == 201)
        }
    }

    @Test func `a rule lets some requests through first, and a hanging one ends with its client`() async throws {
        try await World.run { world in
            try await world.model.fileIssue("a", by: "acme")
            await world.model.addFault(FaultRule(.hang(afterEffect: true), "POST", "comments$", skip: 1))
            #expect(try await world.send("POST", "issues/1/comments", Self.comment).status == 201)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { _ = try? await world.send("POST", "issues/1/comments", ["body": "hung"]) }  // cancelled
                try await world.model.wait(for: "the hanging request") { _, log in log.effects == 2 }
                group.cancelAll()
            }
            #expect(try await Self.bodies(world) == ["x", "hung"])
            #expect(await world.model.log.requests("POST").last?.status == nil)
        }
    }

    @Test func `a stale list is from before the newest change, a reordered one is whole`() async throws {
        try await World.run { world in
            await world.model.addFault(FaultRule(.stale, "GET", "/issues\\?", count: 1))
            for index in 1...6 { try await world.model.fileIssue("n\(index)", by: "acme") }
            let stale = try await world.send("GET", "issues?direction=asc")
            #expect(stale.json.texts("title") == [])
            await world.model.addFault(FaultRule(.reordered, "GET", "/issues\\?"))
            let names = (1...6).map { "n\($0)" }
            let other = try await world.send("GET", "issues?direction=asc")
            #expect(other.json.texts("title").sorted() == names)
            #expect(other.json.texts("title") != names)
            #expect(try await world.send("GET", "issues?direction=asc").json.texts("title") == names)
        }
    }

    @Test func `the same seed hits the same requests`() async throws {
        func statuses(_ seed: UInt64) async throws -> [String?] {
            let model = GitHubModel(limits: .none)
            try await model.addRepository("acme/widgets")
            try await model.addUser("orch", token: "orch-token", role: .write)
            await model.randomizeFaults(seed: seed, rate: 0.2)
            for index in 0..<200 {
                let request = APIRequest(
                    method: index.isMultiple(of: 2) ? "GET" : "POST",
                    target: "/repos/acme/widgets/issues",
                    headers: ["user-agent": "t", "authorization": "Bearer orch-token"],
                    body: Array(#"{"title":"t"}"#.utf8)
                )
                _ = await model.receive(request)
            }
            return await model.log.records.map(\.fault)
        }
        let one = try await statuses(7)
        #expect(try await statuses(7) == one)
        #expect(try await statuses(8) != one)
        #expect((20...60).contains(one.count { $0 != nil }))
    }

    @Test func `a wrong clock shows in Date and in all times`() async throws {
        try await World.run { world in
            await world.model.setClockSkew(.seconds(-86_400))
            let made = try await world.send("POST", "issues", ["title": "a"])
            #expect(made.headers["date"] == "Wed, 31 Dec 2025 00:00:00 GMT")
            #expect(made.json["created_at"] == "2025-12-31T00:00:00Z")
        }
    }

    @Test func `a snapshot says what everything came to, and what differs can be read`() async throws {
        try await World.run { world in
            let empty = try await world.model.snapshot()
            try await world.model.fileIssue("a", "b", labels: ["bug"], by: "acme")
            let id = try await world.model.comment(1, "took 12 s", by: "orch")
            try await world.model.react(id, "eyes", by: "orch")
            let one = try await world.model.snapshot { $0.filter { !$0.isNumber } }
            #expect(one != empty)
            #expect(
                one.description == """
                    #1 author: "acme"
                    #1 body: "b"
                    #1 comments: {"author":"orch","body":"took  s","reactions":["orch eyes"]}
                    #1 labels: "bug"
                    #1 locked: false
                    #1 number: 1
                    #1 state: "open"
                    #1 state_reason: null
                    #1 title: "a"
                    """
            )
        }
    }
}
