import Glibc
import Hub
import OrchCore
import OrchStore
import SQLite

/// Durable steps: an effect is enqueued, claimed, and settled, each safe from a power cut before the next.
///
/// As `Hub.step` does it: the settling of one and the enqueuing of what follows are one transaction, claiming is in the same one; and all
/// lanes that are ready share it.
struct OutboxSteps {
    let seconds: Double

    func measure(_ path: String) throws {
        for lanes in [1, 64] {
            let folder = OrchFolder(repository: path + "/lanes-\(lanes)")
            try makeFolder(folder.repository)
            let db = try Store.open(folder, role: .daemon, nowMs: Moment.current().wallMs)
            try db.setSynchronous(.full)
            var rates: [Double] = []
            for round in 0..<5 { rates.append(try rate(db, folder, lanes: lanes, round: round)) }
            let name = lanes == 1 ? "durable steps, one after the other" : "durable steps, \(lanes) at a time"
            Figure(name: name, value: rates.median, unit: "1/s").report()
        }
    }

    private func makeFolder(_ path: String) throws {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw BenchError("can't make \(path)") }
    }

    private func rate(_ db: Connection, _ folder: OrchFolder, lanes: Int, round: Int) throws -> Double {
        let outbox = HubTables(db).outbox
        let hub = HubTables(db).hub
        var claimed: [OutboxRecord] = []
        var count = 0
        let start = clockSeconds()
        while clockSeconds() - start < seconds / 5 {
            let nowMs = Moment.current().wallMs
            try db.write {
                _ = try hub.epoch()
                for row in claimed { try outbox.settle(row.id, .done, result: row.payload, nowMs: nowMs) }
                for lane in 0..<lanes {
                    try outbox.add(
                        .init(
                            key: "step:\(round):\(count + lane)",
                            kind: "bench",
                            lane: "lane:\(lane)",
                            payload: #"{"step":\#(count + lane)}"#,
                            dueAtMs: nowMs
                        ),
                        nowMs: nowMs
                    )
                }
                claimed = try outbox.runnable(nowMs: nowMs, limit: 1_000)
                for row in claimed { try outbox.setPerforming(row.id, epoch: 0) }
            }
            count += claimed.count
            _ = try Store.checkpoint(db, folder)
        }
        let elapsed = clockSeconds() - start
        try db.write {
            for row in claimed { try outbox.settle(row.id, .done, nowMs: Moment.current().wallMs) }
        }
        return Double(count) / elapsed
    }
}
