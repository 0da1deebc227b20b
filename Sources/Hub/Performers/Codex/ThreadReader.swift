import CodexAppServer

/// Reads as much of a thread's history as the hub needs: back to the oldest message whose fate it asks for.
struct ThreadReader {
    /// The most turns and items that are read.
    static let turnLimit = 2_000
    static let itemLimit = 20_000

    private let client: CodexClient
    private let threadID: String

    init(_ client: CodexClient, threadID: String) {
        self.client = client
        self.threadID = threadID
    }

    /// Reads back until all messages of `wanted` are found, or to the beginning.
    ///
    /// - Throws: `AppServerError`.
    func read(wanted: Set<String>) async throws(AppServerError) -> ThreadHistory {
        do throws(AppServerError) {
            // Turns first: a turn that ends in between is then told as running, and its end comes as a message.
            var turns = try await client.listTurns(threadID: threadID, order: .newestFirst)
            var found = turns.elements
            var left = wanted
            let items = wanted.isEmpty ? [] : try await readItems(&left)
            let needed = Set(items.map(\.turnID)).subtracting(found.map(\.id))
            var missing = left.isEmpty ? needed : needed.union([""])  // one that is nowhere: read all
            while !missing.isEmpty, found.count < Self.turnLimit, let cursor = turns.nextCursor, !turns.elements.isEmpty
            {
                turns = try await client.listTurns(threadID: threadID, order: .newestFirst, cursor: cursor)
                found += turns.elements
                missing.subtract(turns.elements.map(\.id))
            }
            return ThreadHistory(
                turns: found.reversed().map { ThreadHistory.Turn($0) },
                items: items.reversed().map { ThreadHistory.Item(turn: $0.turnID, item: TurnItem($0.item)) }
            )
        } catch {
            guard error.isNotMaterialized else { throw error }
            return ThreadHistory(turns: [], items: [])
        }
    }

    /// Items from the newest back; `left` keeps what was not found.
    private func readItems(_ left: inout Set<String>) async throws(AppServerError) -> [HistoryItem] {
        var items: [HistoryItem] = []
        var cursor: String?
        repeat {
            let page = try await client.listItems(threadID: threadID, order: .newestFirst, cursor: cursor)
            items += page.elements
            for entry in page.elements {
                if case .userMessage(let message) = entry.item, let id = message.clientID { left.remove(id) }
            }
            cursor = page.elements.isEmpty ? nil : page.nextCursor
        } while cursor != nil && !left.isEmpty && items.count < Self.itemLimit
        return items
    }
}
