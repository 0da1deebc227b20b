import Testing

@testable import OrchCommands

/// `orch artifact cat` on a terminal.
@Suite struct TerminalTextTests {
    @Test func `a character that is cut by a chunk comes out whole`() {
        let bytes = Array("aé€😀\r\nb".utf8)
        for cut in 0...bytes.count {
            var text = TerminalText()
            let whole = text.take(Array(bytes[..<cut])) + text.take(Array(bytes[cut...])) + text.end()
            #expect(whole == "aé€😀\nb")
        }
    }

    @Test func `an escape sequence is shown, broken bytes are replaced`() {
        var text = TerminalText()
        let shown = text.take([0x1B, 0x5B, 0x33, 0x31, 0x6D, 0xFF]) + text.end()
        #expect(shown == "␛[31m\u{FFFD}")
    }
}
