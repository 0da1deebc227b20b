/// What the server says unasked, in exact order of arrival.
///
/// For one consumer.
///
/// Answers to requests don't come this way, but arrive over the same wire: a consumer that is full up and then waits for an answer within its loop waits
/// until its timeout. So requests are made elsewhere.
package struct IncomingMessages: AsyncSequence, Sendable {
    let queue: IncomingQueue

    /// Takes what waits, one message at a time.
    package struct AsyncIterator: AsyncIteratorProtocol {
        let queue: IncomingQueue
        private var batch: ArraySlice<ServerMessage> = []

        init(queue: IncomingQueue) {
            self.queue = queue
        }

        /// The next message; nil after `closed`, and when the task is cancelled.
        package mutating func next() async -> ServerMessage? {
            if batch.isEmpty { batch = await queue.take()[...] }
            return batch.popFirst()
        }
    }

    /// A new iterator; there should be one.
    package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(queue: queue) }
}
