import OrchCore
import Testing

@Suite struct SafeTextTests {
    @Test(
        arguments: [
            ("plain", "plain"), ("Ünïcode 日本 😀", "Ünïcode 日本 😀"), ("\u{1B}[31mred", "␛[31mred"), ("a\nb\tc", "a b c"),
            ("a\r\nb", "a b"),
            ("bell\u{7}", "bell␇"), ("\u{7F}", "␡"), ("\u{9B}31m", "\\u{9B}31m"), ("\u{202E}txt", "\\u{202E}txt"),
            ("a\u{200B}b", "a\\u{200B}b"),
            ("\u{FEFF}x", "\\u{FEFF}x"), ("👩‍💻", "👩‍💻"), ("a\u{200D}b", "a\\u{200D}b"), ("\u{E0041}", "\\u{E0041}"),
            ("\u{0}", "␀"),
        ])
    func `a line shows what it holds and does nothing`(text: String, safe: String) {
        #expect(SafeText.line(text) == safe)
    }

    @Test func `a block keeps its lines and tabs`() {
        #expect(SafeText.block("a\r\nb\n\tc\u{1B}]0;x\u{7}") == "a\nb\n\tc␛]0;x␇")
    }

    @Test func `bytes that are no UTF-8 become replacement characters`() {
        #expect(SafeText.utf8([0x61, 0xFF, 0x62] as [UInt8]) == "a\u{FFFD}b")
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `nothing dangerous is left, and a second time changes nothing`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let text = random.text(upTo: 200)
        let line = SafeText.line(text)
        let block = SafeText.block(text)
        #expect(
            line.unicodeScalars.allSatisfy {
                $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) && $0.value != 0x202E
            }
        )
        #expect(block.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" || $0 == "\t" })
        #expect(SafeText.line(line) == line)
        #expect(SafeText.block(block) == block)
    }
}
