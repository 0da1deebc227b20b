import Foundation
import Testing

@testable import Hub

/// The bounded queue before the loop.
@Suite(.timeLimit(.minutes(1)))
struct InboxTests {
    private func names(_ inputs: [Input]) -> [String] {
        inputs.map { if case .settingsInvalid(let name) = $0 { name } else { "?" } }
    }

    private func input(_ name: String) -> Input { .settingsInvalid(name) }

    @Test func `inputs come out in their order, so many at a time`() async {
        let inbox = Inbox()
        await inbox.send([input("a"), input("b")])
        await inbox.send([input("c")])
        #expect(names(await inbox.take(atMost: 2)) == ["a", "b"])
        #expect(names(await inbox.take(atMost: 2)) == ["c"])
    }

    @Test func `I7: a producer waits while the inbox is full, and goes on when there is room`() async throws {
        let inbox = Inbox(capacity: 2)
        await inbox.send([input("a"), input("b")])
        async let later: Void = inbox.send([input("c")])
        for _ in 0..<100 { await Task.yield() }
        #expect(inbox.count == 2)
        #expect(names(await inbox.take(atMost: 1)) == ["a"])
        await later
        #expect(names(await inbox.take(atMost: 9)) == ["b", "c"])
    }

    @Test func `what must not wait goes in though it is full`() async {
        let inbox = Inbox(capacity: 1)
        await inbox.send([input("a")])
        inbox.post(.stopping(reason: "x"))
        #expect(await inbox.take(atMost: 9).count == 2)
    }

    @Test func `a ring wakes the consumer without an input`() async {
        let inbox = Inbox()
        async let taken = inbox.take(atMost: 1)
        inbox.ring()
        #expect(await taken.isEmpty)
    }

    @Test func `what is looked for anyway does not go in when it is full`() async {
        let inbox = Inbox(capacity: 1)
        inbox.offer(input("a"))
        inbox.offer(input("b"))
        #expect(names(await inbox.take(atMost: 9)) == ["a"])
    }

    @Test func `a thread that sleeps is woken by an input, a ring and the end`() async throws {
        let inbox = Inbox()
        let day: Int64 = 86_400_000
        let wakers: [@Sendable () -> Void] = [
            { inbox.post(.settingsInvalid("a")) }, { inbox.ring() }, { inbox.close() },
        ]
        for (waker, expected) in zip(wakers, [["a"], [], []]) {
            let (taken, continuation) = AsyncStream.makeStream(of: [Input].self)
            let sleeper = Thread { continuation.yield(inbox.take(atMost: 9, sleepingAtMostMs: day)) }
            sleeper.start()
            waker()
            var iterator = taken.makeAsyncIterator()
            #expect(names(try #require(await iterator.next())) == expected)
        }
    }

    @Test func `a thread sleeps no longer than it wants`() {
        #expect(Inbox().take(atMost: 9, sleepingAtMostMs: 1).isEmpty)
    }

    @Test func `closing frees those that wait on either side`() async {
        let inbox = Inbox(capacity: 1)
        await inbox.send([input("a")])
        async let producer: Void = inbox.send([input("b")])
        for _ in 0..<100 { await Task.yield() }
        inbox.close()
        await producer
        #expect(await inbox.take(atMost: 9).isEmpty)
        await inbox.send([input("c")])
        #expect(inbox.count == 0)
    }

    @Test func `a cancelled producer does not wait for ever`() async {
        let inbox = Inbox(capacity: 1)
        await inbox.send([input("a")])
        let producer = Task { await inbox.send([input("b")]) }
        producer.cancel()
        await producer.value
        #expect(inbox.count == 1)
    }

    @Test func `a cancelled consumer gets nothing`() async {
        let inbox = Inbox()
        let consumer = Task { await inbox.take(atMost: 1).count }
        consumer.cancel()
        #expect(await consumer.value == 0)
    }
}
