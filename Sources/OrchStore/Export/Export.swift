import Glibc
import OrchCore
package import SQLite

/// Writes all that a hub knows into a folder, for `orch export`.
///
/// The form is `ExportFormat`.
package enum Export {
    /// Writes one snapshot of the database into a folder that must not exist or be empty.
    ///
    /// The folder is made under another name beside it and renamed when it is whole and on the disk, so that a kill at any point leaves
    /// nothing that could be taken for an export (but perhaps a folder `.<name>.orch-export-…` to be removed by hand). Holds no more than a
    /// row, or a mebibyte of an artifact, in memory.
    ///
    /// - Throws: `StoreError.alreadyExists` for a folder that holds something, `.corruptArtifact` when bytes are not what their name says,
    ///   and what the disk refuses.
    @discardableResult
    package static func write(_ db: Connection, to directory: String) throws -> ExportSummary {
        let target = try FolderInTheMaking(directory)
        do {
            let manifest = try db.read { try write(db, into: target.path) }
            try target.publish()
            return manifest.summary
        } catch {
            target.discard()
            throw error
        }
    }

    private static func write(_ db: Connection, into folder: String) throws -> ExportManifest {
        var manifest = ExportManifest(
            schema: try Migrator(db).version(),
            tables: [:],
            artifacts: 0,
            bytes: 0,
            sequences: try sequences(db)
        )
        for shape in try TableShape.all(db) {
            let name = ExportFormat.file(of: shape.name)
            let file = try OutputFile(creating: folder + "/" + name)
            let rows = try shape.name == "artifact" ? writeIndex(db, to: file) : writeRows(shape, db, to: file)
            manifest.tables[shape.name] = ExportManifest.File(name: name, rows: rows, sha256: try file.finish())
        }
        (manifest.artifacts, manifest.bytes) = try writeArtifacts(db, into: folder + "/" + ExportFormat.artifacts)
        let file = try OutputFile(creating: folder + "/" + ExportFormat.manifest)
        try file.append(Array(manifest.text.utf8))
        _ = try file.finish()
        return manifest
    }

    private static func writeRows(_ shape: TableShape, _ db: Connection, to file: OutputFile) throws -> Int {
        let line = RowLine(shape)
        var rows = 0
        try db.each(shape.select) { row in
            var bytes: [UInt8] = []
            try line.append(row, to: &bytes)
            bytes.append(UInt8(ascii: "\n"))
            try file.append(bytes)
            rows += 1
            return true
        }
        return rows
    }

    private static func writeIndex(_ db: Connection, to file: OutputFile) throws -> Int {
        let uses = try TableShape.all(db).first { $0.name == "artifact_use" }.map(RowLine.init)
        var rows = 0
        try db.each("SELECT id, size, created_at_ms FROM artifact ORDER BY id") { row in
            let id: String = try row.get(0)
            let size: Int64 = try row.get(1)
            let createdAtMs: Int64 = try row.get(2)
            var bytes = Array(#"{"created_at_ms":\#(createdAtMs),"id":"\#(id)","size":\#(size),"uses":["#.utf8)
            if let uses {
                var isFirst = true
                let sql = uses.shape.select.replacing(
                    " ORDER BY",
                    with: " WHERE artifact = ? ORDER BY",
                    maxReplacements: 1
                )
                try db.each(sql, values: [id]) { use in
                    if !isFirst { bytes.append(UInt8(ascii: ",")) }
                    isFirst = false
                    try uses.append(use, to: &bytes)
                    return true
                }
            }
            bytes.append(contentsOf: "]}\n".utf8)
            try file.append(bytes)
            rows += 1
            return true
        }
        return rows
    }

    private static func writeArtifacts(_ db: Connection, into folder: String) throws -> (count: Int, bytes: Int) {
        let ids: [String] = try db.query("SELECT id FROM artifact ORDER BY id") { try $0.get(0) }
        var bytes = 0
        for id in ids {
            let file = try OutputFile(creating: folder + "/" + id)
            try ArtifactStore(db: db).stream(id) {
                try file.append($0)
                return true
            }
            guard try file.finish() == id else {
                throw StoreError(.corruptArtifact, "artifact \(id) is damaged: its bytes are not what its name says")
            }
            bytes += file.size
        }
        return (ids.count, bytes)
    }

    private static func sequences(_ db: Connection) throws -> [String: Int64] {
        let rows: [(String, Int64)] = try db.query("SELECT name, seq FROM sqlite_sequence ORDER BY name") {
            (try $0.get(0), try $0.get(1))
        }
        return Dictionary(rows, uniquingKeysWith: max)
    }
}
