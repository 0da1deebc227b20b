import OrchStore
import SQLite

/// How many agents work, and how many may.
struct PlacesTaken: Sendable, Hashable {
    /// Live sub-agents.
    var used: Int
    /// The limit in force.
    var limit: Int

    /// Reads both.
    static func read(_ db: Connection) throws -> PlacesTaken {
        let tables = HubTables(db)
        return PlacesTaken(used: try tables.agents.wipUsed(), limit: try tables.hub.get().wip)
    }
}
