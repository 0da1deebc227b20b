import Testing

@testable import Workspaces

struct PushReportTests {
    private let ref = "refs/heads/x"

    @Test(arguments: [
        ("*\tabc:refs/heads/x\t[new branch]", PushReport.Line.pushed),
        (" \tabc:refs/heads/x\t0279e96..61d5e71", .pushed),
        ("=\tabc:refs/heads/x\t[up to date]", .upToDate),
        ("!\tabc:refs/heads/x\t[rejected] (fetch first)", .refusedHere("fetch first")),
        (
            "!\tabc:refs/heads/x\t[remote rejected] (protected branch hook declined)",
            .refusedThere("protected branch hook declined")
        ),
        (
            "!\tabc:refs/heads/x\t[remote failure] (remote failed to report status)",
            .unknown("[remote failure] (remote failed to report status)")
        ),
    ])
    func `each line that git prints is read`(line: String, expected: PushReport.Line) {
        let output = "To git@github.com:acme/widgets.git\n\(line)\n*\tabc:refs/heads/other\t[new branch]\nDone\n"
        #expect(PushReport(output, ref: ref).lines == [expected])
    }

    @Test
    func `of several urls the worst counts, and nothing is nothing`() {
        let output =
            "To a\n*\tabc:refs/heads/x\t[new branch]\nTo b\n!\tabc:refs/heads/x\t[remote rejected] (hook declined)\nDone\n"
        #expect(PushReport(output, ref: ref).worst == .refusedThere("hook declined"))
        #expect(PushReport("Everything up-to-date\n", ref: ref).worst == nil)
    }

    @Test(arguments: [
        ("protected branch hook declined", "", PushOutcome.Rejection.protected),
        ("push declined due to repository rule violations", "", .protected),
        ("push declined due to email privacy restrictions", "", .hookDeclined),
        (
            "refusing to allow an OAuth App to create or update workflow `.github/workflows/x.yml` without `workflow` scope",
            "", .noPermission
        ),
        ("unpacker error", "error: insufficient permission for adding an object", .noPermission),
        ("shallow update not allowed", "", .other),
        ("funny refname", "", .other),
    ])
    func `a remote's reasons are told apart`(reason: String, said: String, kind: PushOutcome.Rejection) {
        #expect(PushOutcome.Rejection(there: reason, said: said) == kind)
    }

    @Test(arguments: ["unpacker error", "Internal Server Error", "failed to update ref"])
    func `trouble of the remote is no refusal`(reason: String) {
        #expect(PushOutcome.Rejection(there: reason, said: "") == nil)
    }
}
