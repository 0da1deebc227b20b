import Testing

@testable import Workspaces

struct RemoteWordsTests {
    private static let denied = "Please make sure you have the correct access rights\nand the repository exists.\n"

    @Test(arguments: [
        "git@github.com: Permission denied (publickey).\nfatal: Could not read from remote repository.\n\n" + denied,
        "ERROR: Repository not found.\nfatal: Could not read from remote repository.\n\n" + denied,
        "remote: Repository not found.\nfatal: repository 'https://github.com/acme/nope.git/' not found\n",
        "fatal: repository 'https://example.org/nope.git/' not found\n",
        "remote: Support for password authentication was removed.\nfatal: Authentication failed for 'https://github.com/a/b.git/'\n",
        "fatal: could not read Username for 'https://github.com': terminal prompts disabled\n",
        "Host key verification failed.\nfatal: Could not read from remote repository.\n",
        "remote: Write access to repository not granted.\nfatal: unable to access 'https://github.com/a/b.git/': The requested URL returned error: 403\n",
        "ERROR: This repository was archived so it is read-only.\nfatal: Could not read from remote repository.\n",
        "fatal: '/srv/x.git' does not appear to be a git repository\nfatal: Could not read from remote repository.\n",
        "fatal: detected dubious ownership in repository at '/srv/x.git'\n",
    ])
    func `who is refused is not tried again`(said: String) {
        #expect(RemoteWords.code(of: said) == .noAccess)
    }

    @Test(arguments: [
        "ssh: Could not resolve hostname github.com: Temporary failure in name resolution\nfatal: Could not read from remote repository.\n\n"
            + denied,
        "ssh: connect to host github.com port 22: Connection timed out\nfatal: Could not read from remote repository.\n",
        "kex_exchange_identification: read: Connection reset by peer\nfatal: Could not read from remote repository.\n",
        "fatal: unable to access 'https://github.com/a/b.git/': Could not resolve host: github.com\n",
        "error: RPC failed; HTTP 502 curl 22 The requested URL returned error: 502\nfatal: the remote end hung up unexpectedly\n",
        "fatal: fetch-pack: invalid index-pack output\nfatal: early EOF\n",
        "send-pack: unexpected disconnect while reading sideband packet\nfatal: the remote end hung up unexpectedly\n",
        "fatal: unable to look up example.org (port 9418) (Name or service not known)\n",
        "batch request: Post \"https://x/info/lfs\": dial tcp: lookup x: no such host\nerror: failed to push some refs to 'x'\n",
    ])
    func `a remote that is away is tried again`(said: String) {
        #expect(RemoteWords.code(of: said) == .unreachable)
    }

    @Test
    func `words that nobody knows are a failure that is tried again`() {
        #expect(RemoteWords.code(of: "fatal: the moon is full\n") == .failed)
        #expect(WorkspaceError(.failed, "x").mayPass)
        #expect(WorkspaceError(.unreachable, "x").mayPass)
        #expect(!WorkspaceError(.noAccess, "x").mayPass)
    }

    @Test
    func `I10: passwords in urls are not shown, and git's advice is left out`() {
        let said =
            "hint: do it\nremote:\nremote: no  \nfatal: unable to access 'https://user:p@ss@example.org/x.git/': \u{1B}[31mno\nfatal: http://a@b http://c/d@e\n"
        #expect(
            RemoteWords.line(said)
                == "remote: no; fatal: unable to access 'https://…@example.org/x.git/': ␛[31mno; fatal: http://…@b http://c/d@e"
        )
    }
}
