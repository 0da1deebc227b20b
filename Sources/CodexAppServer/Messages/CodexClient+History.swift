import OrchCore

/// Reading what a thread holds.
extension CodexClient {
    /// A thread's turns and items, oldest first.
    package struct History: Sendable, Hashable {
        package var turns: [Turn]
        package var items: [HistoryItem]
        /// False when there was more than the cap: then the oldest are missing.
        package var isComplete: Bool
    }

    /// Which end of a list comes first.
    package enum Order: String, Sendable, Hashable {
        case oldestFirst = "asc"
        case newestFirst = "desc"
    }

    /// A page of a thread's turns, without their items.
    ///
    /// Works hot and cold, without a resume.
    package func listTurns(
        threadID: String,
        order: Order = .oldestFirst,
        limit: Int = 100,
        cursor: String? = nil
    ) async throws(AppServerError) -> Page<Turn> {
        let answer = try await request(
            "thread/turns/list",
            .object(
                [
                    "threadId": .string(threadID), "limit": .number(limit), "sortDirection": .string(order.rawValue),
                    "itemsView": "notLoaded", "cursor": .text(cursor),
                ].filter { !$0.value.isNull }
            )
        )
        return Page(answer) { Turn($0) }
    }

    /// A page of a thread's completed items.
    ///
    /// Works hot and cold, without a resume.
    package func listItems(
        threadID: String,
        turnID: String? = nil,
        order: Order = .oldestFirst,
        limit: Int = 100,
        cursor: String? = nil
    ) async throws(AppServerError) -> Page<HistoryItem> {
        let answer = try await request(
            "thread/items/list",
            .object(
                [
                    "threadId": .string(threadID), "turnId": .text(turnID), "limit": .number(limit),
                    "sortDirection": .string(order.rawValue),
                    "cursor": .text(cursor),
                ].filter { !$0.value.isNull }
            )
        )
        return Page(answer) { HistoryItem($0) }
    }

    /// What a thread holds, the newest up to a cap.
    ///
    /// Empty for a thread that never ran.
    package func history(threadID: String, turnCap: Int = 2_000, itemCap: Int = 10_000) async throws(AppServerError)
        -> History
    {
        do throws(AppServerError) {
            let (turns, allTurns) = try await newest(cap: turnCap) { cursor throws(AppServerError) in
                try await listTurns(threadID: threadID, order: .newestFirst, cursor: cursor)
            }
            let (items, allItems) = try await newest(cap: itemCap) { cursor throws(AppServerError) in
                try await listItems(threadID: threadID, order: .newestFirst, cursor: cursor)
            }
            return History(turns: turns.reversed(), items: items.reversed(), isComplete: allTurns && allItems)
        } catch {
            guard error.isNotMaterialized else { throw error }
            return History(turns: [], items: [], isComplete: true)
        }
    }

    private func newest<Element>(
        cap: Int,
        page: (String?) async throws(AppServerError) -> Page<Element>
    ) async throws(AppServerError) -> (elements: [Element], isAll: Bool) {
        var found: [Element] = []
        var cursor: String?
        repeat {
            let next = try await page(cursor)
            found += next.elements
            cursor = next.elements.isEmpty ? nil : next.nextCursor
        } while cursor != nil && found.count < cap
        return (Array(found.prefix(cap)), cursor == nil && found.count <= cap)
    }
}
