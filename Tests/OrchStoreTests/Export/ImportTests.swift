import Foundation
import OrchCore
@testable import OrchStore
import SQLite
import Testing

struct ImportTests {
    /// Changes a file of an export, and makes the manifest agree if asked to.
    private func tamper(
        _ scratch: borrowing ExportScratch,
        _ name: String,
        fixManifest: Bool,
        _ change: (String) -> String
    ) throws {
        let path = scratch.out + "/" + name
        let old = try scratch.text(path)
        let oldDigest = try digest(path)
        let new = change(old)
        #expect(old != new, "nothing was changed")
        try scratch.write(Array(new.utf8), path)
        guard fixManifest else { return }
        var manifest = try scratch.text(scratch.out + "/manifest.json").replacing(oldDigest, with: digest(path))
        let rows = { (text: String) in text.utf8.count { $0 == UInt8(ascii: "\n") } }
        manifest = manifest.replacing(
            #""file":"\#(name)","rows":\#(rows(old))"#,
            with: #""file":"\#(name)","rows":\#(rows(new))"#
        )
        try scratch.write(Array(manifest.utf8), scratch.out + "/manifest.json")
    }

    private func digest(_ path: String) throws -> String {
        let file = try InputFile(path)
        while try !file.next().isEmpty {}
        return file.digest()
    }

    private func refused(_ scratch: borrowing ExportScratch, _ words: String, code: StoreError.Code = .invalidExport)
        throws
    {
        let directory = scratch.out
        let folder = scratch.other
        let error = #expect(throws: StoreError.self) { try Import.read(from: directory, into: folder, nowMs: 9) }
        #expect(error?.code == code, "\(error?.message ?? "")")
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
        let left = (try? scratch.entries(folder.path)) ?? []  // no folder: nothing is left there
        #expect(left.filter { $0 != ".gitignore" }.isEmpty, "\(left)")
    }

    private func exported() throws -> ExportScratch {
        let scratch = try ExportScratch()
        try Export.write(scratch.filled(), to: scratch.out)
        return scratch
    }

    @Test(arguments: ["", "-wal", "-shm", "-journal"])
    func `Where a database is, nothing is imported`(ending: String) throws {
        let scratch = try exported()
        try scratch.other.create()
        try scratch.write([1], scratch.other.database + ending)
        let (out, other) = (scratch.out, scratch.other)
        let error = #expect(throws: StoreError.self) { try Import.read(from: out, into: other, nowMs: 9) }
        #expect(error?.code == .alreadyExists)
        #expect(try scratch.entries(other.path) == [".gitignore", "orch.db" + ending])
    }

    @Test func `A folder that is no export is refused`() throws {
        let scratch = try ExportScratch()
        try refused(scratch, "manifest.json is missing")
        try FileManager.default.createDirectory(atPath: scratch.out, withIntermediateDirectories: false)
        for (text, words) in [
            ("nonsense", "is no JSON"), ("{}", "has no `format`"), (#"{"format":2}"#, "has format 2"),
            (#"{"format":1}"#, "lacks schema"),
            (
                #"{"format":1,"schema":1,"tables":{"agent":{"file":"../x","rows":0,"sha256":""}},"artifacts":{"count":0,"bytes":0},"sequences":{}}"#,
                "says nothing useful about table agent"
            ),
            (
                #"{"format":1,"schema":1,"tables":{},"artifacts":{"count":0,"bytes":0},"sequences":{}}"#,
                "lacks table agent"
            ),
        ] {
            try scratch.write(Array(text.utf8), scratch.out + "/manifest.json")
            try refused(scratch, words)
        }
    }

    @Test func `An export of a newer orch is refused`() throws {
        let scratch = try exported()
        try tamper(scratch, "manifest.json", fixManifest: false) {
            $0.replacing(/"schema":\d+/, with: "\"schema\":999")
        }
        try refused(scratch, "schema 999, made by a newer orch", code: .wrongVersion)
    }

    @Test func `A changed, cut or missing file is refused`() throws {
        var scratch = try exported()
        try tamper(scratch, "agent.jsonl", fixManifest: false) { $0.replacing("iss_1", with: "iss_9") }
        try refused(scratch, "agent.jsonl was changed after the export")
        scratch = try exported()
        try tamper(scratch, "state.jsonl", fixManifest: false) { String($0.dropLast(5)) }
        try refused(scratch, "state.jsonl ends within a line")
        scratch = try exported()
        try tamper(scratch, "state.jsonl", fixManifest: false) { text in
            text.split(separator: "\n").dropLast().map { $0 + "\n" }.joined()
        }
        try refused(scratch, "rows, and the manifest says")
        scratch = try exported()
        try FileManager.default.removeItem(atPath: scratch.out + "/turn.jsonl")
        try refused(scratch, "turn.jsonl is missing")
    }

    @Test(arguments: [
        ("agent.jsonl", #""role":"sub""#, #""role":"boss""#, "breaks a rule of table agent"),
        ("agent.jsonl", #""failures":0"#, #""failures":"0""#, "has a `failures` that is no INTEGER"),
        ("agent.jsonl", #""failures":0"#, #""fallures":0"#, "lacks `failures`"),
        ("agent.jsonl", #""failures":0"#, #""failures":0,"x":1"#, "has members that table agent has not: x"),
        ("agent.jsonl", #"{"branch""#, #"["branch""#, "line 1 is no JSON"),
        ("turn.jsonl", #""agent":2"#, #""agent":222"#, "names a row of table agent that the export has not"),
        (
            "artifact_use.jsonl", #""turn":"t-1""#, #""turn":"t-1000""#,
            "names a row of table turn that the export has not"
        ),
    ])
    func `A row that can't be is refused, with its place`(file: String, old: String, new: String, words: String) throws
    {
        let scratch = try exported()
        try tamper(scratch, file, fixManifest: true) { $0.replacing(old, with: new) }
        try refused(scratch, words)
    }

    @Test func `Artifacts are what their names say, or nothing is imported`() throws {
        let name = "/artifacts/" + ReportFixture.report
        var scratch = try exported()
        try scratch.write(Array("abd".utf8), scratch.out + name)
        try refused(scratch, "is not what its name says")
        scratch = try exported()
        try FileManager.default.removeItem(atPath: scratch.out + name)
        try refused(scratch, "is missing")
        scratch = try exported()
        try FileManager.default.removeItem(atPath: scratch.out + name)
        try FileManager.default.createSymbolicLink(atPath: scratch.out + name, withDestinationPath: "/etc/hostname")
        try refused(scratch, "is missing, or is no regular file")
        scratch = try exported()
        try tamper(scratch, "artifacts/index.jsonl", fixManifest: true) {
            $0.replacing(
                "\"id\":\"\(ReportFixture.report)\",\"size\":3",
                with: "\"id\":\"\(ReportFixture.report)\",\"size\":4"
            )
        }
        try refused(scratch, "has 3 bytes, and")
        scratch = try exported()
        try tamper(scratch, "artifacts/index.jsonl", fixManifest: true) {
            $0.replacing("\"id\":\"\(ReportFixture.report)\"", with: "\"id\":\"../../../../etc/passwd\"")
        }
        try refused(scratch, "has an id that is no SHA-256")
        scratch = try exported()
        try tamper(scratch, "artifacts/index.jsonl", fixManifest: true) { $0 + $0.split(separator: "\n")[0] + "\n" }
        try refused(scratch, "a second time")
    }

    @Test func `An export without an artifact that is used is refused`() throws {
        let scratch = try exported()
        try tamper(scratch, "artifacts/index.jsonl", fixManifest: true) { text in
            text.split(separator: "\n").filter { !$0.contains("\"id\":\"\(ReportFixture.report)\",\"size\"") }.map {
                $0 + "\n"
            }.joined()
        }
        try refused(scratch, "bytes, and the manifest says")
    }
}
