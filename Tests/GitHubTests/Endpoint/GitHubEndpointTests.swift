import Testing

@testable import GitHub

struct GitHubEndpointTests {
    @Test(
        arguments: [
            (nil, [:], "https://api.github.com", "github.com"),
            (nil, ["GH_HOST": ""], "https://api.github.com", "github.com"),
            (nil, ["GH_HOST": "GitHub.com"], "https://api.github.com", "github.com"),
            (nil, ["GH_HOST": "ghe.example.com"], "https://ghe.example.com/api/v3", "ghe.example.com"),
            (nil, ["GH_HOST": "ghe.example.com:8443"], "https://ghe.example.com:8443/api/v3", "ghe.example.com:8443"),
            (nil, ["GH_HOST": "acme.ghe.com"], "https://api.acme.ghe.com", "acme.ghe.com"),
            (nil, ["ORCH_GITHUB_API_URL": "http://127.0.0.1:8080/"], "http://127.0.0.1:8080", "127.0.0.1:8080"),
            (
                "https://ghe.example.com/api/v3/", ["ORCH_GITHUB_API_URL": "x"], "https://ghe.example.com/api/v3",
                "ghe.example.com"
            ),
            ("http://[::1]:99", [:], "http://[::1]:99", "[::1]:99"),
            ("http://api.localhost", [:], "http://api.localhost", "api.localhost"),
            ("https://api.github.com", [:], "https://api.github.com", "github.com"),
            ("https://api.acme.ghe.com", [:], "https://api.acme.ghe.com", "acme.ghe.com"),
            ("http://127.0.0.1:80", ["GH_HOST": "github.com"], "http://127.0.0.1", "github.com"),
        ] as [(String?, [String: String], String, String)]
    )
    func `the flag goes before the variable, and that before the host`(
        flag: String?,
        environment: [String: String],
        api: String,
        host: String
    ) throws {
        let endpoint = try GitHubEndpoint.resolve(flag: flag, environment: environment)
        #expect(endpoint.api == api)
        #expect(endpoint.host == host)
    }

    @Test(arguments: [
        "http://ghe.example.com/api/v3", "http://10.0.0.1", "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "http://1270.0.0.1",
    ])
    func `plain http is for this machine only`(url: String) {
        let error = #expect(throws: GitHubError.self) { try GitHubEndpoint.resolve(flag: url, environment: [:]) }
        #expect(error?.code == .misconfigured)
        #expect(error?.message.contains("unencrypted") == true)
    }

    @Test(arguments: [
        "", "ghe.example.com", "ftp://ghe.example.com", "https://", "https://user@host/api", "https://host/api?x=1",
        "https://host/a b", "https://ho\u{E9}st", "https://host:0", "https://host:70000", "https://host\\@evil.com",
        "https://github.com",
    ])
    func `what is no API's URL is refused with an example`(url: String) {
        let error = #expect(throws: GitHubError.self) { try GitHubEndpoint.resolve(flag: url, environment: [:]) }
        #expect(error?.code == .misconfigured)
        #expect(error?.message.contains("https://") == true)
    }

    @Test func `a host with a scheme or a path is refused`() {
        for host in ["https://ghe.example.com", "ghe.example.com/api", "a b"] {
            let error = #expect(throws: GitHubError.self) {
                try GitHubEndpoint.resolve(flag: nil, environment: ["GH_HOST": host])
            }
            #expect(error?.code == .misconfigured)
        }
    }

    @Test func `only the same scheme, host and port are the same API`() throws {
        let endpoint = try GitHubEndpoint.resolve(flag: "https://api.github.com", environment: [:])
        let yes = ["https://api.github.com/x", "https://API.github.com:443/repositories/1?page=2"]
        let no = [
            "http://api.github.com/x", "https://api.github.com.evil.com/", "https://evil.com/api.github.com",
            "https://api.github.com:8443/x",
        ]
        for url in yes { #expect(WebAddress(url).map(endpoint.contains) == true, "\(url)") }
        for url in no { #expect(WebAddress(url).map(endpoint.contains) == false, "\(url)") }
        #expect(WebAddress("https://api.github.com@evil.com/") == nil)
    }
}
