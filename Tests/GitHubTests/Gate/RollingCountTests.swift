import OrchCore
import Testing

@testable import GitHub

struct RollingCountTests {
    @Test func `what is older than the span does not count`() {
        var count = RollingCount(spanMs: 60_000)
        count.add(3, now: 1_000)
        count.add(2, now: 30_000)
        #expect(count.sum(now: 30_000) == 5)
        #expect(count.sum(now: 61_998) == 5)
        #expect(count.sum(now: 61_999) == 2)
        #expect(count.sum(now: 200_000) == 0)
    }

    @Test func `a wait ends when enough has left`() {
        var count = RollingCount(spanMs: 60_000)
        for second in 0..<10 { count.add(1, now: Int64(second) * 1_000) }
        #expect(count.wait(for: 1, limit: 11, now: 9_000) == 0)
        let wait = count.wait(for: 1, limit: 10, now: 9_000)
        #expect(wait > 0)
        #expect(count.wait(for: 1, limit: 10, now: 9_000 + wait) == 0)
        #expect(count.wait(for: 1, limit: 10, now: 9_000 + wait - 1) == 1)
        let longer = count.wait(for: 3, limit: 10, now: 9_000)
        #expect(count.sum(now: 9_000 + longer) == 7)
    }

    @Test func `more than the limit waits for an empty span, no longer`() {
        var count = RollingCount(spanMs: 1_000)
        #expect(count.wait(for: 100, limit: 10, now: 0) == 0)
        count.add(1, now: 0)
        let wait = count.wait(for: 100, limit: 10, now: 0)
        #expect(wait > 0)
        #expect(count.wait(for: 100, limit: 10, now: wait) == 0)
    }

    @Test func `it survives being saved, on another clock, later`() {
        var count = RollingCount(spanMs: 3_600_000)
        count.add(7, now: 5_000_000)
        count.add(2, now: 6_000_000)
        let saved = count.saved(now: 6_000_000)
        var later = RollingCount(spanMs: 3_600_000)
        later.restore(saved, now: 50_000, agedMs: 1_000)
        #expect(later.sum(now: 50_000) == 9)
        var muchLater = RollingCount(spanMs: 3_600_000)
        muchLater.restore(saved, now: 50_000, agedMs: 3_000_000)
        #expect(muchLater.sum(now: 50_000) == 2)
    }

    @Test(
        arguments: [nil, .null, "x", [1, 2], [[-5, 1], [1, -1], [9_999_999_999, 1], [1, 99_999_999]]] as [JSONValue?]
    )
    func `nonsense in the database counts nothing`(json: JSONValue?) {
        var count = RollingCount(spanMs: 60_000)
        count.restore(json, now: 0, agedMs: 0)
        #expect(count.sum(now: 0) == 0)
    }

    @Test func `an hour of requests stays small`() {
        var count = RollingCount(spanMs: 3_600_000)
        for ms in stride(from: Int64(0), to: 7_200_000, by: 250) { count.add(1, now: ms) }
        #expect(count.saved(now: 7_200_000).arrayValue.map { $0.count <= 3_601 } == true)
    }
}
