import Testing

@testable import GitHub

struct RepositoryNameTests {
    @Test(arguments: [
        "https://github.com/acme/widgets", "https://github.com/acme/widgets.git", "https://github.com/acme/widgets/",
        "https://GitHub.com/acme/widgets.git", "https://user:secret@github.com/acme/widgets.git",
        "https://www.github.com/acme/widgets", "git@github.com:acme/widgets.git", "git@github.com:/acme/widgets",
        "github.com:acme/widgets.git", "ssh://git@github.com/acme/widgets.git", "ssh://git@github.com:22/acme/widgets",
        "ssh://git@ssh.github.com:443/acme/widgets.git", "git://github.com/acme/widgets.git",
        "git+ssh://git@github.com/acme/widgets.git",
    ])
    func `all forms of a remote are read`(url: String) throws {
        #expect(RepositoryName.of(remote: url, host: "github.com") == (try RepositoryName("acme/widgets")))
    }

    @Test(arguments: [
        "", "/srv/git/widgets.git", "../widgets", "file:///srv/git/acme/widgets", "C:\\git\\widgets",
        "https://gitlab.com/acme/widgets", "git@github-work:acme/widgets.git",
        "https://github.com.evil.com/acme/widgets",
        "https://github.com/acme", "https://github.com/acme/widgets/tree/main",
        "https://evil.com/github.com/acme/widgets",
        "git@github.com:acme", "ext::sh -c x", "https://github.com/acme/.git", "https://github.com/-a/b",
    ])
    func `what leads elsewhere is no repository of this host`(url: String) {
        #expect(RepositoryName.of(remote: url, host: "github.com") == nil)
    }

    @Test func `an enterprise host counts without its port`() throws {
        let name = try RepositoryName("acme/widgets")
        #expect(RepositoryName.of(remote: "ssh://git@ghe.corp:2222/acme/widgets.git", host: "ghe.corp:8443") == name)
        #expect(RepositoryName.of(remote: "http://127.0.0.1:9/acme/widgets.git", host: "127.0.0.1:8080") == name)
        #expect(RepositoryName.of(remote: "http://[::1]:9/acme/widgets.git", host: "[::1]:8080") == name)
    }

    @Test func `case does not matter, but is kept`() throws {
        let name = try RepositoryName("Acme/Widgets")
        #expect(name == (try RepositoryName("acme/widgets")))
        #expect(Set([name, try RepositoryName("ACME/WIDGETS")]).count == 1)
        #expect(name.description == "Acme/Widgets")
    }

    @Test(arguments: [
        "", "acme", "acme/", "/widgets", "a/b/c", "acme/wid gets", "acme/..", "ac.me/x", "acme/\u{202E}x",
        "https://github.com/a/b",
    ])
    func `what is no name is refused with an example`(text: String) {
        let error = #expect(throws: GitHubError.self) { try RepositoryName(text) }
        #expect(error?.code == .misconfigured)
        #expect(error?.message.contains("acme/widgets") == true)
    }
}
