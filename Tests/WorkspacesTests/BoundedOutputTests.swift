import Testing

@testable import Workspaces

struct BoundedOutputTests {
    private func output(_ parts: [String], limit: Int) -> BoundedOutput {
        var output = BoundedOutput(limit: limit)
        for part in parts { Array(part.utf8).withUnsafeBytes { output.append($0) } }
        return output
    }

    @Test(arguments: [
        ([], "", false), (["abc"], "abc", false), (["abcde", "fghij"], "abcdefghij", false),
        (["abcdefghij"], "abcdefghij", false),
        (["abcdefghijk"], "abcde\n… 1 bytes left out …\nghijk", true),
        (["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"], "abcde\n… 2 bytes left out …\nhijkl", true),
    ])
    func `the beginning and the end are kept`(parts: [String], text: String, isCut: Bool) {
        let output = output(parts, limit: 10)
        #expect(output.text == text)
        #expect(output.isCut == isCut)
        #expect(output.total == parts.joined().utf8.count)
    }

    @Test
    func `bytes that are no text are repaired`() {
        var output = BoundedOutput(limit: 10)
        [0x61, 0xFF, 0x62].withUnsafeBufferPointer { (bytes: UnsafeBufferPointer<UInt8>) in
            output.append(UnsafeRawBufferPointer(bytes))
        }
        #expect(output.text == "a\u{FFFD}b")
    }
}
