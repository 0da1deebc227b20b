import Testing

@testable import OrchCommands

/// What people may write into titles, labels and bodies.
@Suite struct TextChecksTests {
    @Test func `a title is trimmed, and refused when it is empty, long or not one line`() throws {
        #expect(try TextChecks.title("  Add a greeting ") == "Add a greeting")
        #expect(try TextChecks.title(String(repeating: "ä", count: 256)).count == 256)
        for bad in ["", "  ", String(repeating: "x", count: 257), "a\nb", "a\u{7}b", "a\u{9B}31m", "a\u{2028}b"] {
            #expect(throws: CommandError.self) { try TextChecks.title(bad) }
        }
    }

    @Test func `labels are kept once, and a wrong duration in one is told`() throws {
        #expect(try TextChecks.labels(["bug", "priority:P1", "bug"]) == ["bug", "priority:P1"])
        #expect(throws: CommandError.self) { try TextChecks.labels(["checkin:soon"]) }
        for bad in ["", "a,b", "a\tb", String(repeating: "x", count: 101)] {
            #expect(throws: CommandError.self) { try TextChecks.label(bad) }
        }
    }

    @Test func `a body may have 10 MiB and not a byte more`() throws {
        let most = [UInt8](repeating: UInt8(ascii: "x"), count: TextChecks.bodyLimit)
        #expect(try TextChecks.body(most, name: "it") { _ in }.utf8.count == most.count)
        #expect(throws: TextChecks.tooLong("it")) { try TextChecks.body(most + [0x78], name: "it") { _ in } }
    }

    @Test func `broken UTF-8 is repaired and told, a NUL is refused`() throws {
        var notes: [String] = []
        #expect(try TextChecks.body([0x61, 0xFF, 0x62], name: "it") { notes.append($0) } == "a\u{FFFD}b")
        #expect(notes.count == 1)
        #expect(throws: CommandError.self) { try TextChecks.body([0x61, 0], name: "it") { _ in } }
    }
}
