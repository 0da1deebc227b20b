import Crypto
import Glibc
import OrchStore
import OrchTestSupport
import SQLite
import Testing

struct ArtifactStoreTests {
    private let text = Array(String(repeating: "the same line, again and again\n", count: 100_000).utf8)

    /// Bytes that don't compress, the same for the same seed.
    private func noise(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        return (0..<count).map { _ in
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return UInt8(truncatingIfNeeded: state >> 24)
        }
    }

    private func hex(_ bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    @Test func `I8: equal content is stored once, small, and comes back verified`() throws {
        let store = try TestStore.inMemory()
        let artifacts = store.tables.artifacts
        let id = try artifacts.put(text, nowMs: 1)
        #expect(id == hex(text))
        #expect(try artifacts.put(text, nowMs: 2) == id)
        var rest = text[...]
        let streamed = try artifacts.put(nowMs: 3) {
            let piece = Array(rest.prefix(77_777))
            rest = rest.dropFirst(piece.count)
            return piece.isEmpty ? nil : piece
        }
        #expect(streamed == id)
        #expect(try store.db.scalar("SELECT count(*) FROM artifact") == 1)
        let record = try #require(try artifacts.find(id))
        #expect(record.encoding == .zstd)
        #expect(record.size == text.count)
        #expect(record.storedSize * 50 < text.count)
        #expect(record.createdAtMs == 1)
        #expect(try artifacts.read(id) == text)
        #expect(try artifacts.prefix(id, bytes: 8) == Array(text.prefix(8)))
    }

    @Test(arguments: [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, (3 << 20) + 5])
    func `Content that does not shrink is kept as it is, at any size`(size: Int) throws {
        let store = try TestStore.inMemory()
        let artifacts = store.tables.artifacts
        let bytes = noise(size)
        let id = try artifacts.put(bytes, nowMs: 1)
        #expect(try artifacts.find(id)?.encoding == .identity)
        #expect(try artifacts.read(id) == bytes)
        #expect(try store.db.scalar("SELECT count(*) FROM artifact_chunk") == (size + (1 << 20) - 1) / (1 << 20))
    }

    @Test func `Content that stops shrinking comes back whole`() throws {
        let store = try TestStore.inMemory()
        let mixed = Array(text.prefix(1 << 20)) + noise(3 << 20) + text
        let id = try store.tables.artifacts.put(mixed, nowMs: 1)
        #expect(try store.tables.artifacts.find(id)?.encoding == .zstd)
        #expect(try store.tables.artifacts.read(id) == mixed)
        #expect(try store.db.scalar("SELECT max(length(bytes)) FROM artifact_chunk") == 1 << 20)
    }

    @Test func `A log of 256 MiB goes in and out in chunks of a megabyte at most`() throws {
        let store = try TestStore.onDisk()
        let artifacts = store.tables.artifacts
        let piece = noise(300_000, seed: 2).flatMap { byte -> [UInt8] in [byte, 0x20, byte & 0x0F, 0x0A] }
        var left = 256 << 20
        var hash = SHA256()
        let before = try peakKiB()
        let id = try artifacts.put(nowMs: 1) {
            guard left > 0 else { return nil }
            let part = left >= piece.count ? piece : Array(piece.prefix(left))
            left -= part.count
            hash.update(data: part)
            return part
        }
        #expect(id == hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
        var largest = 0
        var total = 0
        let isWhole = try artifacts.stream(id) { chunk in
            largest = max(largest, chunk.count)
            total += chunk.count
            return true
        }
        #expect(isWhole)
        #expect(total == 256 << 20)
        #expect(largest <= ArtifactStore.chunkSize)
        #expect(try store.db.scalar("SELECT max(length(bytes)) FROM artifact_chunk") ?? 0 <= ArtifactStore.chunkSize)
        // The whole content would be 262,144 KiB more.
        #expect(try peakKiB() - before < 120_000)
        // What waited aside has no name, and nothing stays.
        #expect(try #require(store.directory).list(".orch").filter { $0.contains("spool") }.isEmpty)
    }

    private func peakKiB() throws -> Int {
        let file = open("/proc/self/status", O_RDONLY)
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 8_192)
        let count = read(file, &bytes, bytes.count)
        let line = try #require(
            String(decoding: bytes.prefix(count), as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        )
        return try #require(Int(line.filter(\.isNumber)))
    }

    @Test func `A file and a pipe are stored up to their end`() throws {
        let store = try TestStore.onDisk()
        let directory = try #require(store.directory)
        let content = String(decoding: text, as: UTF8.self)
        let file = open(try directory.write("log.txt", content), O_RDONLY)
        defer { close(file) }
        #expect(try store.tables.artifacts.put(fileDescriptor: file, nowMs: 1) == hex(text))
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        #expect(write(ends[1], "from a pipe", 11) == 11)
        close(ends[1])
        let id = try store.tables.artifacts.put(fileDescriptor: ends[0], nowMs: 1)
        close(ends[0])
        #expect(try store.tables.artifacts.read(id) == Array("from a pipe".utf8))
        #expect(throws: StoreError.self) { _ = try store.tables.artifacts.put(fileDescriptor: -1, nowMs: 1) }
    }

    @Test func `I8: what fails on the way is not there`() throws {
        struct Stop: Error {}
        let store = try TestStore.inMemory()
        var count = 0
        #expect(throws: Stop.self) {
            _ = try store.tables.artifacts.put(nowMs: 1) {
                count += 1
                if count == 5 { throw Stop() }
                return noise(1 << 20)
            }
        }
        #expect(throws: Stop.self) {
            try store.db.write {
                _ = try store.tables.artifacts.put(noise(10), nowMs: 1)
                throw Stop()
            }
        }
        #expect(try store.db.scalar("SELECT count(*) FROM artifact") == 0)
        #expect(try store.db.scalar("SELECT count(*) FROM artifact_chunk") == 0)
    }

    @Test func `Bytes under a name that is not theirs are refused`() throws {
        let store = try TestStore.inMemory()
        var pieces: [[UInt8]] = [Array("changed".utf8)]
        expectStoreError(.corruptArtifact, "they were changed") {
            try store.tables.artifacts.put(id: hex(Array("content".utf8)), nowMs: 1) { pieces.popLast() }
        }
        #expect(try store.db.scalar("SELECT count(*) FROM artifact") == 0)
    }

    @Test func `I8: damaged bytes are an error, whatever the damage`() throws {
        let store = try TestStore.inMemory()
        let artifacts = store.tables.artifacts
        let plain = try artifacts.put(noise(2 << 20), nowMs: 1)
        let packed = try artifacts.put(text, nowMs: 1)
        expectRefused("I8") { try store.db.run("UPDATE artifact_chunk SET bytes = x'00'") }
        // What a failing disk or another program would do.
        for name in ["immutable", "stays", "sealed"] { try store.db.execute("DROP TRIGGER artifact_chunk_\(name)") }
        let damages: [(String, String)] = [
            (plain, "UPDATE artifact_chunk SET bytes = zeroblob(length(bytes)) WHERE artifact = ? AND ordinal = 1"),
            (plain, "DELETE FROM artifact_chunk WHERE artifact = ? AND ordinal = 0"),
            (packed, "UPDATE artifact_chunk SET bytes = substr(bytes, 1, length(bytes) - 9) WHERE artifact = ?"),
            (packed, "UPDATE artifact_chunk SET bytes = x'00112233' WHERE artifact = ?"),
            (packed, "UPDATE artifact_chunk SET bytes = CAST(bytes || bytes AS BLOB) WHERE artifact = ?"),
            (packed, "DELETE FROM artifact_chunk WHERE artifact = ?"),
        ]
        for (id, damage) in damages {
            #expect(throws: Stop.self) {
                try store.db.write {
                    #expect(try store.db.run(damage, id) > 0)
                    expectStoreError(.corruptArtifact, id, "damaged") { try artifacts.read(id) }
                    expectStoreError(.corruptArtifact, id) { try artifacts.stream(id) { _ in } }
                    throw Stop()
                }
            }
        }
        #expect(try artifacts.read(packed) == text)
    }

    @Test func `One that is too large for the caller, or not there, is an error`() throws {
        let store = try TestStore.inMemory()
        let id = try store.tables.artifacts.put(text, nowMs: 1)
        expectStoreError(.tooLarge, "\(text.count) bytes") {
            try store.tables.artifacts.read(id, limit: text.count - 1)
        }
        expectStoreError(.notFound, "no artifact") {
            try store.tables.artifacts.read(String(repeating: "0", count: 64))
        }
    }

    @Test func `Reading may stop early`() throws {
        let store = try TestStore.inMemory()
        let id = try store.tables.artifacts.put(noise(3 << 20), nowMs: 1)
        var chunks = 0
        let isWhole = try store.tables.artifacts.stream(id) { _ in
            chunks += 1
            return chunks < 2
        }
        #expect(!isWhole)
        #expect(chunks == 2)
    }

    @Test func `A use is recorded, and a turn's report once`() throws {
        let store = try TestStore.inMemory()
        let agent = try store.rows.agent("ada")
        let report = try store.rows.report("t1", agent, "All done.")
        let other = try store.tables.artifacts.put(Array("Another.".utf8), nowMs: 2)
        try store.tables.artifacts.use(
            other,
            kind: "report",
            agent: agent.id,
            issue: agent.issue,
            turn: "t1",
            name: nil,
            nowMs: 2
        )
        try store.tables.artifacts.use(
            other,
            kind: "log",
            agent: agent.id,
            issue: nil,
            turn: "t1",
            name: "out",
            nowMs: 2
        )
        let uses: [String] = try store.db.query("SELECT kind || ' ' || artifact FROM artifact_use ORDER BY id") {
            try $0.get(0)
        }
        #expect(uses == ["report \(report)", "log \(other)"])
        #expect(throws: SQLiteError.self) {
            try store.tables.artifacts.use(
                String(repeating: "0", count: 64),
                kind: "log",
                agent: nil,
                issue: nil,
                turn: nil,
                name: nil,
                nowMs: 2
            )
        }
    }

    private struct Stop: Error {}
}
