import OrchCore
import Testing

@Suite struct ClipTests {
    @Test func `a short text stays and a long one ends with an ellipsis`() {
        #expect(Clip.characters("abc", 3) == "abc")
        #expect(Clip.characters("abcd", 3) == "ab…")
        #expect(Clip.characters("", 3) == "")
        #expect(Clip.characters("abc", 0) == "")
        #expect(Clip.characters("日本語です", 3) == "日本…")
    }

    @Test func `one character of a million marks is cut`() {
        let zalgo = "a" + String(repeating: "\u{301}", count: 1_000_000)
        #expect(Clip.characters(zalgo, 10).unicodeScalars.count == 10)
    }

    @Test(arguments: 0...12)
    func `bytes are cut between characters`(limit: Int) {
        let text = "aé日😀b"
        let cut = Clip.bytes(text, limit)
        #expect(cut.utf8.count <= limit)
        #expect(text.hasPrefix(cut))
        #expect(limit < text.utf8.count || cut == text)
    }
}
