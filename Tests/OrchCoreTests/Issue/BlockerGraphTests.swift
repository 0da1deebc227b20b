import OrchCore
import Testing

@Suite struct BlockerGraphTests {
    private func cycles(_ edges: [(Int, Int)]) -> [Int: [Int]] {
        BlockerGraph.cycles(edges: edges.map { (issue: $0.0, blocker: $0.1) })
    }

    @Test func `a chain has no cycle`() {
        #expect(cycles([(1, 2), (2, 3), (3, 4), (1, 4)]).isEmpty)
        #expect(cycles([]).isEmpty)
    }

    @Test func `each issue of a ring has the ring, beginning and ending with itself`() {
        #expect(cycles([(1, 2), (2, 3), (3, 1)]) == [1: [1, 2, 3, 1], 2: [2, 3, 1, 2], 3: [3, 1, 2, 3]])
    }

    @Test func `an issue that blocks itself is a cycle`() {
        #expect(cycles([(5, 5), (5, 6)]) == [5: [5, 5]])
    }

    @Test func `who only waits for a cycle is not in it`() {
        #expect(cycles([(1, 2), (2, 3), (3, 2), (4, 1)]).keys.sorted() == [2, 3])
    }

    @Test func `two rings that meet each have a shortest cycle`() {
        let found = cycles([(1, 2), (2, 1), (2, 3), (3, 4), (4, 2)])
        #expect(found[1] == [1, 2, 1])
        #expect(found[3] == [3, 4, 2, 3])
        #expect(found.count == 4)
    }

    @Test(.timeLimit(.minutes(1))) func `a long ring and a long chain do not exhaust the stack`() {
        let n = 20_000
        let ring = cycles((0..<n).map { ($0, ($0 + 1) % n) })
        #expect(ring.count == n)
        #expect(ring[0] == Array(0..<BlockerGraph.pathLimit))
        #expect(cycles((0..<n).map { ($0, $0 + 1) }).isEmpty)
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `what is found are cycles, and all issues in cycles are found`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let n = Int.random(in: 1...8, using: &random)
        let edges = (0..<Int.random(in: 0...14, using: &random)).map { _ in
            (Int.random(in: 1...n, using: &random), Int.random(in: 1...n, using: &random))
        }
        let found = cycles(edges)
        let set = Set(edges.map { [$0.0, $0.1] })
        for (issue, cycle) in found {
            #expect(cycle.first == issue && cycle.last == issue && cycle.count >= 2)
            for step in zip(cycle, cycle.dropFirst()) { #expect(set.contains([step.0, step.1])) }
        }
        for issue in 1...n {
            var seen: Set<Int> = []
            var open = edges.filter { $0.0 == issue }.map(\.1)
            while let next = open.popLast() {
                guard seen.insert(next).inserted else { continue }
                open += edges.filter { $0.0 == next && !seen.contains($0.1) }.map(\.1)
            }
            #expect((found[issue] != nil) == seen.contains(issue))
        }
    }
}
