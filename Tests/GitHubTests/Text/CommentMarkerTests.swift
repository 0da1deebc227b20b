import Testing

@testable import GitHub

struct CommentMarkerTests {
    @Test func `a status marker is made and read`() {
        let marker = CommentMarker(kind: "status", ["issue": "12"])
        #expect(marker.description == "<!-- orch:status issue=12 -->")
        let body = marker.body("**ada** is working")
        #expect(body == "<!-- orch:status issue=12 -->\n**ada** is working")
        #expect(CommentMarker(of: body) == marker)
        #expect(CommentMarker(of: body)?.kind == "status")
        #expect(CommentMarker(of: body)?.field("issue") == "12")
        #expect(CommentMarker(of: body)?.field("agent") == nil)
        #expect(CommentMarker.stripped(body) == "**ada** is working")
        #expect(CommentMarker.stripped("plain") == "plain")
        #expect(CommentMarker.stripped("<!-- orch:x -->\r\ny") == "y")
    }

    @Test func `a marker of the outbox is taken with or without its prefix`() {
        #expect(CommentMarker("orch:report:t-1") == CommentMarker("report:t-1"))
        #expect(CommentMarker("orch:report:t-1").description == "<!-- orch:report:t-1 -->")
    }

    @Test(arguments: [
        "a--b", "--", "-", "-->", "a -->", "event run=\u{FC}\u{1F600}", " edge ", "100%", "a\nb", "<!-- orch:x -->",
        "a  b", "-%2D-",
        "%", "\u{0}",
    ])
    func `any text survives, and ends no comment`(text: String) {
        let marker = CommentMarker(text)
        let line = marker.description
        #expect(CommentMarker(of: line + "\nrest") == marker)
        let inner = line.dropFirst(4).dropLast(3)
        #expect(!inner.contains("--") && !inner.contains(">") && !inner.contains("\n"))
        #expect(line.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F })
    }

    @Test(arguments: [
        "", " <!-- orch:status -->", "> <!-- orch:status -->", "text\n<!-- orch:status -->", "<!-- orch:status",
        "<!--orch:status-->",
        "<!-- orch: -->", "<!-- orch:a%zz -->", "<!-- ORCH:status -->", "<!-- orch:a<b -->", "<!-- orch:a\n -->",
    ])
    func `elsewhere than at the very beginning it is none`(body: String) {
        #expect(CommentMarker(of: body) == nil)
    }
}
