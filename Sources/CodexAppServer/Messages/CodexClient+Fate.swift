/// Finding out what became of a message whose answer was lost.
extension CodexClient {
    /// What became of a message.
    package enum MessageFate: Sendable, Hashable {
        /// It is in the thread, in this turn.
        case accepted(turnID: String)
        /// It is not there and won't appear: it may be sent again.
        case absent
        /// A turn runs whose first message is not written down yet: ask again later.
        case undecided
    }

    /// Looks for a message by its client id, from the newest item back.
    ///
    /// Codex accepts a turn some 20 ms before its message can be read, so a turn in progress without a message makes this wait, up to `patience`. A steer can't
    /// be told from one that still waits for the running command: for a steer, `absent` counts only when its turn is over.
    package func findMessage(
        clientID: String,
        threadID: String,
        patience: Duration = .seconds(2),
        itemCap: Int = 10_000
    ) async throws(AppServerError) -> MessageFate {
        let clock = SuspendingClock()
        let deadline = clock.now.advanced(by: patience)
        while true {
            let fate = try await lookForMessage(clientID: clientID, threadID: threadID, itemCap: itemCap)
            guard fate == .undecided, clock.now < deadline else { return fate }
            do { try await Task.sleep(for: .milliseconds(25), clock: clock) } catch { return .undecided }
        }
    }

    private func lookForMessage(clientID: String, threadID: String, itemCap: Int) async throws(AppServerError)
        -> MessageFate
    {
        do throws(AppServerError) {
            // The running turn first: were it read after the items, its message might come between.
            let running = try await listTurns(threadID: threadID, order: .newestFirst, limit: 1).elements.first {
                $0.status == .inProgress
            }
            var cursor: String?
            var seen = 0
            var isRunningKnown = running == nil
            repeat {
                let page = try await listItems(threadID: threadID, order: .newestFirst, cursor: cursor)
                for entry in page.elements {
                    guard case .userMessage(let message) = entry.item else { continue }
                    if message.clientID == clientID { return .accepted(turnID: entry.turnID) }
                    if entry.turnID == running?.id { isRunningKnown = true }
                }
                seen += page.elements.count
                cursor = page.elements.isEmpty || seen >= itemCap ? nil : page.nextCursor
            } while cursor != nil
            return isRunningKnown ? .absent : .undecided
        } catch {
            guard error.isNotMaterialized else { throw error }
            return try await readThread(threadID).status.isActive ? .undecided : .absent
        }
    }
}
