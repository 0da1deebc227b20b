import OrchCore
import OrchStore
import Settings

extension Hub {
    /// Takes settings that were read again.
    ///
    /// What people changed while the hub ran stays, unless the file changed that very value.
    func take(_ new: HubSettings) throws {
        guard new != settings else { return }
        let old = settings
        settings = new
        if new.wip != old.wip { try tables.hub.setWIP(new.wip) }
        if new.orchestrator != old.orchestrator { try tables.hub.setOrchestrator(new.orchestrator) }
        try tables.hub.setSettings(new.json.canonicalText)
        try tables.events.append("settings.changed", ["settings": new.json], nowMs: nowMs)
        try ensureOrchestrator()
        mustSchedule = true
    }

    /// The settings of a start, over those of the last one.
    ///
    /// What a person switched while the hub ran is kept, unless a flag says otherwise or the file has another value than it had then.
    /// Full access comes from a flag of this very start, and from nothing else.
    func applySettings(before: String?) throws {
        // Before the first start there were the defaults, and what a person may have switched since.
        let old = try before.map { try JSONValue(parsing: $0) }?.objectValue ?? HubSettings().json.objectValue ?? [:]
        let new = settings.json.objectValue ?? [:]
        func isGiven(_ name: String) -> Bool { settings.sources[name] == .flag || old[name] != new[name] }
        if isGiven("wip") { try tables.hub.setWIP(settings.wip) }
        if isGiven("orchestrator") { try tables.hub.setOrchestrator(settings.orchestrator) }
        if isGiven("autopilot") { try tables.hub.setAutopilot(settings.autopilot) }
        try tables.hub.setDangerous(settings.dangerous)
    }

    /// The daemon ends: what agents are doing goes on, or can be resumed.
    func stop(_ reason: String) throws {
        isStopping = true
        try tables.hub.setState("stopped")
        try tables.hub.beat(nowMs: nowMs)
        try tables.events.append("hub.stopped", ["reason": .string(reason)], nowMs: nowMs)
    }
}
