import Synchronization
import Testing

@testable import CodexAppServer

@Suite(.timeLimit(.minutes(1)))
struct IncomingQueueTests {
    private func fault(_ number: Int) -> ServerMessage { .protocolFault("\(number)") }

    @Test func `messages come out in order and all at once`() async {
        let queue = IncomingQueue(messageLimit: 100, byteLimit: 1_000) {}
        for number in 0..<5 { #expect(queue.push(fault(number), bytes: 1)) }
        #expect(await queue.take() == (0..<5).map(fault))
    }

    @Test(arguments: [(messages: 3, bytes: 1_000), (messages: 100, bytes: 3)])
    func `I7: it says when it is full, and tells when there is room`(limits: (messages: Int, bytes: Int)) async {
        let rooms = Mutex(0)
        let queue = IncomingQueue(messageLimit: limits.messages, byteLimit: limits.bytes) { rooms.withLock { $0 += 1 } }
        #expect(queue.push(fault(0), bytes: 1))
        #expect(queue.push(fault(1), bytes: 1))
        #expect(!queue.push(fault(2), bytes: 1))
        #expect(!queue.push(fault(3), bytes: 1))
        #expect(rooms.withLock { $0 } == 0)
        #expect(await queue.take().count == 4)
        #expect(rooms.withLock { $0 } == 1)
        #expect(queue.push(fault(4), bytes: 1))
    }

    @Test func `a waiting consumer gets the next message; after the end there is none`() async {
        let queue = IncomingQueue(messageLimit: 100, byteLimit: 1_000) {}
        async let first = queue.take()
        while !queue.isAwaited { await Task.yield() }
        #expect(queue.push(fault(0), bytes: 1))
        #expect(await first == [fault(0)])
        #expect(queue.push(.closed(reason: "over"), bytes: 0))
        #expect(queue.push(fault(1), bytes: 1))
        #expect(await queue.take() == [.closed(reason: "over")])
        #expect(await queue.take().isEmpty)
    }

    @Test func `a cancelled consumer gets nothing, and nothing is lost`() async {
        let queue = IncomingQueue(messageLimit: 100, byteLimit: 1_000) {}
        let task = Task { await queue.take() }
        while !queue.isAwaited { await Task.yield() }
        task.cancel()
        #expect(await task.value.isEmpty)
        #expect(queue.push(fault(0), bytes: 1))
        #expect(await queue.take() == [fault(0)])
    }
}
