import CodexAppServer
import Testing

struct ServerEnvironmentTests {
    @Test func `I10: only what is on the list, and the providers' keys, get to the server`() {
        let environment = ServerEnvironment.make(
            from: [
                "PATH": "/bin", "HOME": "/h", "LC_ALL": "C", "GITHUB_TOKEN": "secret", "GH_TOKEN": "secret",
                "LD_PRELOAD": "x",
                "PROVIDER_KEY": "key", "CODEX_HOME": "/user", "TMPDIR": "/tmp",
            ],
            home: "/private",
            temporaryFolder: "/private/tmp",
            token: "t",
            keys: ["PROVIDER_KEY"]
        )
        #expect(
            environment == [
                "PATH": "/bin", "HOME": "/h", "LC_ALL": "C", "PROVIDER_KEY": "key", "CODEX_HOME": "/private",
                "TMPDIR": "/private/tmp", "NO_COLOR": "1", "ORCH_APP_SERVER_TOKEN": "t", "ORCH_SERVER_ID": "t",
            ]
        )
    }
}
