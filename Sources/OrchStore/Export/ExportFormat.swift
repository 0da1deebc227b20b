/// The form of an exported hub, version 1: a folder that any tool can read and `orch import` makes a database of.
///
/// ```
/// DIR/manifest.json         what is in it; written last
/// DIR/state.jsonl           table `event`, the log, in order
/// DIR/<table>.jsonl         every other table, one file each, empty tables too
/// DIR/artifacts/<id>        the bytes of each artifact, as they were stored; the name is their SHA-256
/// DIR/artifacts/index.jsonl table `artifact`: id, size, created_at_ms, and `uses`, its rows of `artifact_use` (for readers; import
///                           takes artifact_use.jsonl)
/// ```
///
/// *Lines.* Each line is one row as a JSON object and ends with a line feed. Members are the table's columns, all of them, sorted by name;
/// no spaces. INTEGER is a JSON number (64 bits: do not read it as a double), REAL one with a point or an exponent, TEXT a string, NULL
/// `null`. In strings `"`, `\` and control characters are escaped as JSON demands, and C1 controls, bidirectional and zero-width
/// characters as `\u….`, so that a file can be shown on a terminal. Rows are sorted by primary key. What the columns mean stands in
/// `Migrations/m0001_init.sql`. `event.data` is written as the object that it is, when it is one in this same canonical form, else as a
/// string that holds its text; every other JSON text is a string, so that nothing is lost.
///
/// *manifest.json* is one line: `format` (1), `schema` (the version of the tables), `tables` (for each: `file`, `rows` and the `sha256` of
/// the file), `artifacts` (`count`, `bytes`) and `sequences` (the last id given by each AUTOINCREMENT table).
///
/// *What is left out.* `artifact_chunk` (how bytes lie in the database), `schema_migration`, and of the hub's row what is true of a running
/// process only: `state` is always `stopped`, and `pid` null.
///
/// *Deterministic.* Equal databases give equal bytes: there is no time, host or version of orch in it. Export, import and export again
/// gives the same files, byte by byte.
///
/// *Versions.* A reader refuses a `format` that it does not know. A `schema` older than the reader's is imported and then migrated.
package enum ExportFormat {
    /// The version of this form.
    package static let version = 1
    static let manifest = "manifest.json"
    static let events = "state.jsonl"
    static let artifacts = "artifacts"
    static let index = "artifacts/index.jsonl"

    /// The file of a table.
    static func file(of table: String) -> String {
        switch table {
        case "event": events
        case "artifact": index
        default: table + ".jsonl"
        }
    }
}
