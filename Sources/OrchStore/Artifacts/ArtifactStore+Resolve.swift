import OrchCore
import SQLite

extension ArtifactStore {
    /// Fewest digits of an abbreviated id.
    package static let fewestDigits = 4
    /// Most candidates that an error lists.
    static let mostCandidates = 10

    /// One of several artifacts whose ids begin alike.
    package struct Candidate: Sendable, Hashable {
        package var id: String
        package var size: Int
        /// What it was first used for, if for anything.
        package var kind: String?
        /// The name of the agent that made it.
        package var agent: String?
    }

    /// The full id of an abbreviated one.
    ///
    /// - Throws: `StoreError`: `.notFound`, or `.ambiguous` with the candidates.
    package func resolve(_ prefix: String) throws -> String {
        let text = prefix.lowercased()
        guard (Self.fewestDigits...64).contains(text.utf8.count), text.utf8.allSatisfy(Self.isHexDigit) else {
            throw StoreError(
                .notFound,
                "an artifact's id has \(Self.fewestDigits) to 64 hexadecimal digits, unlike '\(SafeText.line(String(prefix.prefix(80))))'"
            )
        }
        let found = try candidates(text, limit: Self.mostCandidates + 1)
        guard let first = found.first else {
            throw StoreError(.notFound, "no artifact's id begins with \(text): see `orch query artifacts`")
        }
        guard found.count > 1 else { return first.id }
        let lines = found.prefix(Self.mostCandidates).map(Self.describe)
        let more = found.count > Self.mostCandidates ? ["  …"] : []
        throw StoreError(
            .ambiguous,
            (["several artifacts begin with \(text):"] + lines + more).joined(separator: "\n")
        )
    }

    /// The artifacts whose ids begin with these digits, in the order of their ids.
    package func candidates(_ prefix: String, limit: Int) throws -> [Candidate] {
        try db.query(
            """
            SELECT a.id, a.size,
                (SELECT u.kind FROM artifact_use u WHERE u.artifact = a.id ORDER BY u.id LIMIT 1),
                (SELECT g.name FROM artifact_use u JOIN agent g ON g.id = u.agent WHERE u.artifact = a.id ORDER BY u.id LIMIT 1)
            FROM artifact a WHERE a.id >= ? AND a.id < ? ORDER BY a.id LIMIT ?
            """,
            prefix,
            prefix + "g",
            limit
        ) { try Candidate(id: $0.get(0), size: $0.get(1), kind: $0.get(2), agent: $0.get(3)) }
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }

    private static func describe(_ candidate: Candidate) -> String {
        let what = candidate.kind ?? "unused"
        let whose = candidate.agent.map { " of \($0)" } ?? ""
        return "  \(candidate.id)  \(what)\(whose), \(candidate.size) bytes"
    }
}
