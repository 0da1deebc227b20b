import OrchCore

/// The first thing that a reader of an export reads, and the last that is written.
struct ExportManifest: Sendable, Hashable {
    /// A file of rows.
    struct File: Sendable, Hashable {
        var name: String
        var rows: Int
        var sha256: String
    }

    var schema: Int
    var tables: [String: File]
    var artifacts: Int
    var bytes: Int
    var sequences: [String: Int64]

    var summary: ExportSummary {
        ExportSummary(rows: tables.mapValues(\.rows), artifacts: artifacts, bytes: bytes)
    }

    var text: String {
        let tables = tables.mapValues { file in
            JSONValue.object([
                "file": .string(file.name), "rows": .integer(Int64(file.rows)), "sha256": .string(file.sha256),
            ])
        }
        return JSONValue.object([
            "format": .integer(Int64(ExportFormat.version)), "schema": .integer(Int64(schema)),
            "tables": .object(tables),
            "artifacts": .object(["count": .integer(Int64(artifacts)), "bytes": .integer(Int64(bytes))]),
            "sequences": .object(sequences.mapValues { .integer($0) }),
        ]).canonicalText + "\n"
    }
}

extension ExportManifest {
    /// Reads a manifest.
    ///
    /// - Throws: `StoreError.invalidExport` when it is none, or of a form that this orch does not know.
    init(parsing bytes: [UInt8], path: String) throws(StoreError) {
        let json: JSONValue
        do {
            json = try JSONValue(parsing: bytes)
        } catch {
            throw StoreError(
                .invalidExport,
                "\(path) is no JSON (\(error)): this is no folder that `orch export` wrote, or a damaged one"
            )
        }
        guard let format = json["format"]?.intValue else {
            throw StoreError(.invalidExport, "\(path) has no `format`: this is no folder that `orch export` wrote")
        }
        guard format == Int64(ExportFormat.version) else {
            throw StoreError(
                .invalidExport,
                "\(path) has format \(format), and this orch reads format \(ExportFormat.version) only: update orch"
            )
        }
        guard let schema = json["schema"]?.intValue, let tables = json["tables"]?.objectValue,
            let artifacts = json["artifacts"]?["count"]?.intValue, let bytes = json["artifacts"]?["bytes"]?.intValue,
            let sequences = json["sequences"]?.objectValue, schema > 0
        else { throw StoreError(.invalidExport, "\(path) lacks schema, tables, artifacts or sequences: it is damaged") }
        self.init(
            schema: Int(clamping: schema),
            tables: [:],
            artifacts: Int(artifacts),
            bytes: Int(bytes),
            sequences: [:]
        )
        for (name, value) in tables {
            guard let file = value["file"]?.stringValue, let rows = value["rows"]?.intValue,
                let sha256 = value["sha256"]?.stringValue,
                file == ExportFormat.file(of: name)
            else {
                throw StoreError(
                    .invalidExport,
                    "\(path) says nothing useful about table \(SafeText.line(name)): it is damaged"
                )
            }
            self.tables[name] = File(name: file, rows: Int(rows), sha256: sha256)
        }
        for (name, value) in sequences {
            guard let last = value.intValue else {
                throw StoreError(.invalidExport, "\(path): sequence \(SafeText.line(name)) is no number")
            }
            self.sequences[name] = last
        }
    }
}
