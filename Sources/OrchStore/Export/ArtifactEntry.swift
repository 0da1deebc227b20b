import OrchCore

/// One line of `artifacts/index.jsonl`.
struct ArtifactEntry: Sendable, Hashable {
    var id: String
    var size: Int
    var createdAtMs: Int64

    /// Reads a line.
    ///
    /// - Throws: `StoreError.invalidExport`; an id that is no SHA-256 above all, since it becomes a file's name.
    init(parsing bytes: [UInt8], place: String) throws(StoreError) {
        let json: JSONValue
        do {
            json = try JSONValue(parsing: bytes)
        } catch {
            throw StoreError(.invalidExport, "\(place) is no JSON: \(error)")
        }
        guard let id = json["id"]?.stringValue, let size = json["size"]?.intValue,
            let createdAtMs = json["created_at_ms"]?.intValue
        else {
            throw StoreError(.invalidExport, "\(place) lacks id, size or created_at_ms")
        }
        guard id.utf8.count == 64, id.utf8.allSatisfy({ ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x61 && $0 <= 0x66) })
        else {
            throw StoreError(.invalidExport, "\(place) has an id that is no SHA-256 in lower-case hexadecimal")
        }
        self.id = id
        self.size = Int(size)
        self.createdAtMs = createdAtMs
    }
}
