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

    /// The settings of a start: they are the hub's until a person changes them.
    func applySettings(initial: Bool) throws {
        try tables.hub.setWIP(settings.wip)
        try tables.hub.setDangerous(settings.dangerous)
        try tables.hub.setOrchestrator(settings.orchestrator)
        if settings.sources["autopilot"] != nil || settings.autopilot {
            try tables.hub.setAutopilot(settings.autopilot)
        }
    }

    /// The daemon ends: what agents are doing goes on, or can be resumed.
    func stop(_ reason: String) throws {
        isStopping = true
        try tables.hub.setState("stopped")
        try tables.hub.beat(nowMs: nowMs)
        try tables.events.append("hub.stopped", ["reason": .string(reason)], nowMs: nowMs)
    }
}
