/// Decides which requests go wrong: by rules first, then at random from a seed.
struct FaultPlan: Sendable {
    private var rules: [FaultRule] = []
    private var generator = SplitMix64(seed: 0)
    private var rate = 0.0
    private var ofReads: [Fault] = []
    private var ofWrites: [Fault] = []

    /// Whether older states must be kept.
    var wantsHistory: Bool { (rate > 0 && ofReads.contains(.stale)) || rules.contains { $0.fault == .stale } }

    /// Adds a rule.
    mutating func add(_ rule: FaultRule) { rules.append(rule) }

    /// Lets requests go wrong at random.
    mutating func randomize(seed: UInt64, rate: Double, ofReads: [Fault], ofWrites: [Fault]) {
        generator = SplitMix64(seed: seed)
        self.rate = rate
        self.ofReads = ofReads
        self.ofWrites = ofWrites
    }

    /// No faults from now on.
    mutating func clear() {
        rules = []
        rate = 0
    }

    /// What befalls a request; nil for nothing.
    mutating func next(_ request: APIRequest) -> Fault? {
        for index in rules.indices where rules[index].fits(request) {
            if rules[index].skip > 0 {
                rules[index].skip -= 1
                continue
            }
            if rules[index].count == 0 { continue }
            if let count = rules[index].count { rules[index].count = count - 1 }
            return rules[index].fault
        }
        guard rate > 0, generator.fraction() < rate else { return nil }
        let kinds = request.isRead ? ofReads : ofWrites
        return kinds.isEmpty ? nil : kinds[generator.below(kinds.count)]
    }

    /// Another order of some items.
    mutating func shuffled<T>(_ items: [T]) -> [T] { items.shuffled(using: &generator) }
}

extension APIRequest {
    /// Whether it only asks: a GET, or a GraphQL query.
    var isRead: Bool {
        if method == "GET" || method == "HEAD" { return true }
        guard path.last == "graphql" else { return false }
        return !String(decoding: body.prefix(4096), as: UTF8.self).contains("mutation")
    }
}
