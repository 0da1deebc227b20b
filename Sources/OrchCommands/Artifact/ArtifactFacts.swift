import OrchCore
import OrchStore
import SQLite

/// What the database knows of an artifact besides its bytes.
struct ArtifactFacts {
    /// What an artifact is for, in one place.
    struct Use {
        var kind: String
        var agent: String?
        var issue: Int?
        var turn: String?
        var name: String?
        var atMs: Int64
    }

    var id: String
    var size: Int64
    var storedSize: Int64
    var encoding: String
    var createdAtMs: Int64
    var uses: [Use]

    /// What may be an artifact's id, as a person typed it.
    static func checked(_ id: String) throws -> String {
        guard (ArtifactStore.fewestDigits...64).contains(id.utf8.count), id.utf8.allSatisfy({ $0 < 0x80 }),
            id.allSatisfy(\.isHexDigit)
        else {
            throw CommandError(
                .usage,
                "an artifact's id has \(ArtifactStore.fewestDigits) to 64 hexadecimal digits, unlike '\(SafeText.line(String(id.prefix(80))))'",
                hint: "`orch query artifacts` lists them"
            )
        }
        return id
    }

    /// Reads them; the artifact exists.
    static func read(_ id: String, _ db: Connection) throws -> ArtifactFacts {
        let uses = try db.query(
            """
            SELECT u.kind, a.name, u.issue, u.turn, u.name, u.at_ms FROM artifact_use u LEFT JOIN agent a ON a.id = u.agent
            WHERE u.artifact = ? ORDER BY u.id
            """,
            id
        ) { row in
            Use(
                kind: try row.get(0),
                agent: try row.get(1),
                issue: try row.get(2),
                turn: try row.get(3),
                name: try row.get(4),
                atMs: try row.get(5)
            )
        }
        let facts = try db.first("SELECT size, stored_size, encoding, created_at_ms FROM artifact WHERE id = ?", id) {
            row in
            ArtifactFacts(
                id: id,
                size: try row.get(0),
                storedSize: try row.get(1),
                encoding: try row.get(2),
                createdAtMs: try row.get(3),
                uses: uses
            )
        }
        guard let facts else { throw CommandError(.notFound, "there is no artifact \(id)") }
        return facts
    }

    /// The facts as JSON.
    var json: JSONValue {
        [
            "id": .string(id), "size": .integer(size), "stored_size": .integer(storedSize),
            "encoding": .string(encoding),
            "created_at_ms": .integer(createdAtMs), "kind": .text(uses.first?.kind), "agent": .text(uses.first?.agent),
            "uses": .array(
                uses.map { use in
                    [
                        "kind": .string(use.kind), "agent": .text(use.agent), "issue": .number(use.issue),
                        "turn": .text(use.turn),
                        "name": .text(use.name), "at_ms": .integer(use.atMs),
                    ]
                }
            ),
        ]
    }

    /// Writes the facts for a person.
    func write(to output: Output, nowMs: Int64) throws {
        try output.line(output.ink(.bold, id))
        try output.line(
            "  \(Words.size(size)), stored as \(Words.size(storedSize)) (\(encoding)), \(TimeText.ago(createdAtMs, nowMs: nowMs))"
        )
        for use in uses {
            let parts = [
                use.kind, use.name, use.agent.map { "by \($0)" }, use.issue.map { "for #\($0)" },
                use.turn.map { "turn \($0)" },
            ]
            try output.line(
                "  \(SafeText.line(parts.compactMap { $0 }.joined(separator: " "))), \(TimeText.ago(use.atMs, nowMs: nowMs))"
            )
        }
    }
}
