import Testing

@testable import GitHub

struct LinkHeaderTests {
    @Test(
        arguments: [
            (
                "<https://api.github.com/repositories/1/issues?after=Y3Vyc29y%3D&per_page=100>; rel=\"next\", <https://x/?page=9>; rel=\"last\"",
                "https://api.github.com/repositories/1/issues?after=Y3Vyc29y%3D&per_page=100"
            ),
            ("<https://x/1>; rel=\"prev\", <https://x/2>;rel=next", "https://x/2"),
            ("<https://x/?labels=a,b<>; rel=\"first\"", nil),
            ("<https://x/?labels=a,b>; title=\"a, <b\"; rel=\"first next\"", "https://x/?labels=a,b"),
            ("<https://x/1>; rel=\"prev\"", nil), ("", nil), ("<https://x", nil), ("rel=\"next\"", nil),
            ("<https://x/1>; rel=\"nextpage\"", nil), ("<a>; REL=\"Next\"", "a"),
        ] as [(String, String?)]
    )
    func `the next page is found, as it is written`(header: String, target: String?) {
        #expect(LinkHeader.target("next", in: header) == target)
    }

    @Test func `queries keep their order and are escaped`() {
        let query = PathText.query([("labels", "a,b c/\u{FC}&x=1"), ("none", nil), ("per_page", "100")])
        #expect(query == "?labels=a%2Cb%20c%2F%C3%BC%26x%3D1&per_page=100")
        #expect(PathText.query([]) == "")
        #expect(PathText.escaped("agent:queued/..") == "agent%3Aqueued%2F..")
    }
}
