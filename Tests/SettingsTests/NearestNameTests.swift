import Testing

@testable import Settings

struct NearestNameTests {
    private let known = ["wip", "budget", "checkin", "max_turns", "base_branch"]

    @Test(arguments: [
        ("wipp", "wip"), ("wpi", "wip"), ("WIP", "wip"), ("bugdet", "budget"), ("max-turns", "max_turns"),
        ("basebranch", "base_branch"),
    ])
    func `a slip is seen through`(name: String, meant: String) {
        #expect(NearestName.of(name, in: known) == meant)
    }

    @Test(arguments: ["", "x", "something", "turns_per_agent", String(repeating: "b", count: 10_000)])
    func `what is far from all names is left`(name: String) {
        #expect(NearestName.of(name, in: known) == nil)
    }

    @Test(arguments: [
        ("main", true), ("release/1.0", true), ("ä/ö", true), ("a@b", true), ("", false), ("-x", false), ("@", false),
        ("a..b", false), ("a@{b", false), ("a.", false), ("a b", false), ("a~", false), ("a^", false), ("a:b", false),
        ("a?", false), ("a*", false), ("a[", false), ("a\\b", false), ("a//b", false), ("/a", false), ("a/", false),
        (".a", false), ("a/.b", false), ("a.lock", false), ("a.lock/b", false), ("a\u{7F}", false), ("a\n", false),
    ])
    func `branch names are told as git tells them`(name: String, isName: Bool) {
        #expect(BranchRules.isName(name) == isName)
    }
}
