package import OrchCore
package import OrchStore
import SQLite
import Settings

/// What a step leaves to do.
package struct StepOutcome: Sendable {
    /// Deeds to perform now; their rows say that this daemon does.
    package var effects: [OutboxRecord]
    /// The wall-clock time at which the hub wants a `tick`, if nothing happens before.
    package var wakeAtMs: Int64
    /// The daemon was asked to end.
    package var mustStop: Bool
    /// Inputs that broke a rule of the hub: recorded, and skipped.
    package var faults: [String]
}

extension Hub {
    /// Most deeds that one daemon performs at once.
    static let effectLimit = 64

    /// Handles inputs and claims the deeds that are due, in one transaction, which is on the disk when this returns.
    ///
    /// Streamed inputs don't wait for the disk; then what they ask for is claimed in a transaction of its own, which does.
    ///
    /// - Throws: `HubError.superseded` when another daemon took over (I1); `SQLiteError` when the database can't be written. The daemon
    ///   ends on both: nothing is kept in memory that the next one lacks.
    package func step(_ inputs: [Input], now: Moment) throws -> StepOutcome {
        self.now = now
        var faults: [String] = []
        var effects: [OutboxRecord] = []
        let isStreamed = inputs.allSatisfy(\.isStreamed)
        try db.setSynchronous(isStreamed ? .normal : .full)
        do {
            effects = try transact(inputs, andClaim: !isStreamed)
        } catch let error as HubError where error.code != .superseded {
            faults = try oneByOne(inputs)
        } catch let error as StoreError {
            _ = error
            faults = try oneByOne(inputs)
        }
        if effects.isEmpty { effects = try claim() }
        return StepOutcome(effects: effects, wakeAtMs: try nextWakeMs(), mustStop: isStopping, faults: faults)
    }

    private func transact(_ inputs: [Input], andClaim: Bool) throws -> [OutboxRecord] {
        try db.write {
            try fence(inputs)
            try charge()
            for input in inputs { try handle(input) }
            try settleTimers()
            return andClaim ? try setPerforming(runnable()) : []
        }
    }

    /// A group failed as a whole: each input gets its own transaction, so that one bad message costs only itself (I3: it is recorded).
    private func oneByOne(_ inputs: [Input]) throws -> [String] {
        var faults: [String] = []
        for input in inputs {
            do {
                _ = try transact([input], andClaim: false)
            } catch let error as HubError where error.code != .superseded {
                faults.append(error.message)
            } catch let error as StoreError {
                faults.append(error.message)
            }
        }
        for fault in faults {
            try db.write { try tables.events.append("hub.fault", ["message": .string(fault)], nowMs: nowMs) }
        }
        return faults
    }

    private func fence(_ inputs: [Input]) throws {
        if case .started = inputs.first { return }
        guard try tables.hub.epoch() == epoch else {
            throw HubError(.superseded, "another daemon took over this database: this one ends")
        }
    }

    private func handle(_ input: Input) throws {
        switch input.redacted(by: environment.redaction) {
        case .started: try start()
        case .commandsWaiting: try runCommands()
        case .codex(let server, let message): try handle(message, server: server)
        case .disconnected(let server, let reason): try disconnected(server: server, reason: reason)
        case .settled(let effect, let result): try settle(effect, result)
        case .tick: break
        case .observed(let observation): try observed(observation)
        case .settingsChanged(let new): try take(new)
        case .settingsInvalid(let message):
            try tables.events.append("settings.invalid", ["message": .string(message)], nowMs: nowMs)
        case .settingsValid: try tables.events.append("settings.valid", nowMs: nowMs)
        case .stderr(let source, let lines): try record(stderr: lines, source: source)
        case .stopping(let reason): try stop(reason)
        }
    }

    /// What time and the inputs together make due.
    private func settleTimers() throws {
        try beat()
        guard !isStopping else { return }
        try endLeaving()
        guard !isStopping else { return }
        try expireApprovals()
        try expireQuota()
        try superviseIdle()
        try giveDueFeedback()
        if try mustSchedule || isRetryDue() {
            mustSchedule = false
            try schedule()
        }
        try showStatuses()
        try makeDigest()
        try dispatch()
    }

    private func claim() throws -> [OutboxRecord] {
        let rows = try runnable()
        guard !rows.isEmpty else { return [] }
        try db.setSynchronous(.full)
        return try db.write {
            guard try tables.hub.epoch() == epoch else {
                throw HubError(.superseded, "another daemon took over this database: this one ends")
            }
            return try setPerforming(rows)
        }
    }

    private func runnable() throws -> [OutboxRecord] {
        Array(try tables.outbox.runnable(nowMs: nowMs, limit: 1000).filter(isPerformable).prefix(Self.effectLimit))
    }

    private func setPerforming(_ rows: [OutboxRecord]) throws -> [OutboxRecord] {
        try rows.map { row in
            try tables.outbox.setPerforming(row.id, epoch: epoch)
            return try tables.outbox.find(row.id) ?? row
        }
    }

    /// Whether a deed can be done now: some need the connection, and messages need a thread whose history is known.
    private func isPerformable(_ row: OutboxRecord) -> Bool {
        guard !isStopping || row.kind == "request.answer" else { return false }
        switch row.kind {
        case "thread.start": return link.map { $0.leaving == nil } ?? false
        case "thread.sync": return link != nil
        case "request.answer" where row.agent == nil: return link != nil
        // An approval that was asked for over an earlier connection is asked for again over this one, once its thread is resumed.
        case "turn.submit", "turn.interrupt", "request.answer":
            guard let link, let agent = row.agent else { return false }
            // A database error here means no more than "not now": the write that follows reports it.
            guard let conversation = try? tables.conversations.current(agent: agent) else {
                return row.kind != "turn.submit"
            }
            return link.synced.contains(conversation.id)
        default: return true
        }
    }

    /// When the hub next has something to do by itself.
    private func nextWakeMs() throws -> Int64 {
        var wake = lastBeatMs + beatIntervalMs
        func consider(_ at: Int64?) { if let at { wake = min(wake, at) } }
        consider(try tables.outbox.nextDueMs(after: nowMs))
        consider(try tables.turns.nextNotBeforeMs(after: nowMs))
        consider(try tables.issues.nextRetryMs(after: nowMs))
        consider(feedbackDueMs.values.min())
        consider(try tables.approvals.nextDeadlineMs())
        consider(try nextDigestMs())
        if let quota = try tables.hub.get().quotaUntilMs { consider(quota) }
        return max(wake, nowMs + 1)
    }
}
