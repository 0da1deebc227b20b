/// The environment of the app-server: what it needs and nothing else (I10: no tracker token gets near an agent).
package enum ServerEnvironment {
    /// The variable that marks a server, and whatever it starts, as of this launch.
    package static let tokenName = "ORCH_APP_SERVER_TOKEN"

    /// The same mark under a name that codex hands on to the agents' commands, which it does not with names that have
    /// TOKEN in them.
    package static let markName = "ORCH_SERVER_ID"

    /// Variables that are passed on as they are.
    static let allowed: Set<String> = [
        "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "TZ", "TERM", "XDG_CACHE_HOME",
        "XDG_CONFIG_HOME", "XDG_DATA_HOME",
        "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "CODEX_CA_CERTIFICATE",
        "NODE_EXTRA_CA_CERTS",
        "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "no_proxy", "all_proxy",
        "DBUS_SESSION_BUS_ADDRESS", "CODEX_REFRESH_TOKEN_URL_OVERRIDE", "RUST_LOG", "RUST_BACKTRACE",
    ]

    /// The environment of a server.
    ///
    /// - Parameters:
    ///   - hub: the hub's own environment.
    ///   - home: the private CODEX_HOME.
    ///   - temporaryFolder: its TMPDIR.
    ///   - token: what it can be recognised by.
    ///   - keys: further names to pass on: the keys of the model providers.
    /// - Returns: The whole environment.
    package static func make(
        from hub: [String: String],
        home: String,
        temporaryFolder: String,
        token: String,
        keys: some Sequence<String> = []
    ) -> [String: String] {
        let names = allowed.union(keys)
        var environment = hub.filter { names.contains($0.key) || $0.key.hasPrefix("LC_") }
        environment["PATH"] = environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        environment["CODEX_HOME"] = home
        environment["TMPDIR"] = temporaryFolder
        environment["NO_COLOR"] = "1"
        environment[tokenName] = token
        environment[markName] = token
        return environment
    }
}
