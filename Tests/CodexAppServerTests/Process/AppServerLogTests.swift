import CodexAppServer
import Foundation
import OrchTestSupport
import Testing

struct AppServerLogTests {
    private func append(_ text: String, to path: String) throws {
        let file = try #require(FileHandle(forWritingAtPath: path))
        try file.seekToEnd()
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
    }

    @Test func `new lines are read once, without colours, an unfinished one when it is finished`() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("log", "old\n")
        var log = AppServerLog(path: path)
        #expect(log.poll().isEmpty)
        try append("\u{1B}[31mERROR\u{1B}[0m one\n\ntw", to: path)
        #expect(log.poll() == ["ERROR one"])
        try append("o\nthree\n", to: path)
        #expect(log.poll(maxLines: 1) == ["two"])
        #expect(log.poll() == ["three"])
        var all = AppServerLog(path: path, fromStart: true)
        #expect(all.poll() == ["old", "ERROR one", "two", "three"])
    }

    @Test func `codex's word on its own bubblewrap, which it says at each start, is passed over`() throws {
        let directory = try TemporaryDirectory()
        let noise =
            "ERROR Codex could not find bubblewrap on PATH. Install it. Codex will use the bundled bubblewrap in the meantime.\n"
        let path = try directory.write("log", "one\n" + noise)
        #expect(AppServerLog.lastWords(path, lines: 1) == "one")
        var log = AppServerLog(path: path, fromStart: true)
        #expect(log.poll() == ["one"])
    }

    @Test func `I7: a long log is emptied, and its last half kept beside it`() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("log", "")
        var log = AppServerLog(path: path, limitBytes: 10_000)
        var read: [String] = []
        for round in 0..<20 {
            try append((0..<100).map { "line \(round)-\($0)\n" }.joined(), to: path)
            read += log.poll()
        }
        #expect(read.count == 2_000)
        #expect(Set(read).count == 2_000)
        #expect(try directory.read("log").utf8.count < 10_000)
        #expect(try directory.read("log.1").utf8.count == 5_000)
    }

    @Test func `an endless line is cut into pieces`() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("log", String(repeating: "x", count: 10_000) + "\n")
        var log = AppServerLog(path: path, fromStart: true)
        #expect(log.poll().map(\.count) == [4_096, 4_096, 1_808])
    }

    @Test func `the last words of a server that said nothing are said so`() {
        #expect(AppServerLog.lastWords("/nowhere") == "(it said nothing)")
    }
}
