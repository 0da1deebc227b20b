import OrchCore

/// Which GitHub is spoken to: github.com, an Enterprise Server, or a server for tests.
package struct GitHubEndpoint: Sendable, Hashable {
    /// The variable that names the API's URL; the flag goes before it.
    package static let variable = "ORCH_GITHUB_API_URL"

    /// The URL of the API without a slash at its end: `https://api.github.com`, `https://ghe.example.com/api/v3`.
    package let api: String
    /// The host that people and git know it by: `github.com`, `ghe.example.com`.
    package let host: String
    /// Whether it is on this machine: a server for tests, which sets no limits.
    package var isLoopback: Bool { address.isLoopback }
    /// The parts of `api`.
    let address: WebAddress
    /// Whether somebody named the URL itself, and so wants the usual token to go there.
    let isNamed: Bool

    /// github.com.
    package static func gitHubCom() throws(GitHubError) -> GitHubEndpoint {
        try resolve(flag: nil, environment: [:])
    }

    /// The endpoint that a flag or the environment asks for: the flag, `ORCH_GITHUB_API_URL`, `GH_HOST`, else github.com.
    ///
    /// - Parameters:
    ///   - flag: the API's URL from the command line or a setting.
    ///   - environment: the process's variables.
    /// - Returns: the endpoint.
    /// - Throws: `GitHubError` with code `misconfigured`: for what is no URL, and for plain http to another machine, where anybody on the
    ///   way could read the token.
    package static func resolve(flag: String?, environment: [String: String]) throws(GitHubError) -> GitHubEndpoint {
        let hostName = environment["GH_HOST"].flatMap { $0.isEmpty ? nil : $0 }
        if let flag { return try named(flag, by: "--github-api-url", host: hostName) }
        if let url = environment[variable], !url.isEmpty { return try named(url, by: variable, host: hostName) }
        guard let hostName else { return try of(host: "github.com") }
        return try of(host: hostName)
    }

    /// Whether its tokens are other ones than those of github.com.
    var isEnterprise: Bool { host != "github.com" && !host.hasSuffix(".ghe.com") }

    /// Whether a URL leads to this API, so that the token may go there.
    func contains(_ url: WebAddress) -> Bool {
        url.scheme == address.scheme && url.host == address.host && url.effectivePort == address.effectivePort
    }

    private init(api: String, host: String, address: WebAddress, isNamed: Bool) {
        self.api = api
        self.host = host
        self.address = address
        self.isNamed = isNamed
    }

    /// The API of a host.
    ///
    /// Enterprise Server has it under `/api/v3` (https://docs.github.com/en/enterprise-server/rest/quickstart), Enterprise Cloud with data
    /// residency at `api.SUBDOMAIN.ghe.com` (https://docs.github.com/en/enterprise-cloud@latest/admin/data-residency).
    private static func of(host text: String) throws(GitHubError) -> GitHubEndpoint {
        guard let place = WebAddress.place(text) else {
            throw GitHubError(
                .misconfigured,
                "GH_HOST is `\(shown(text))`, which is no host name; write it like ghe.example.com, without https://"
            )
        }
        let name = place.host
        let host = ["github.com", "www.github.com", "api.github.com"].contains(name) ? "github.com" : name
        let port = place.port.map { ":\($0)" } ?? ""
        let bracketed = host.contains(":") ? "[\(host)]" : host
        let api =
            host == "github.com" || host.hasSuffix(".ghe.com")
            ? "https://api.\(host)\(port)" : "https://\(bracketed)\(port)/api/v3"
        guard let address = WebAddress(api) else {
            throw GitHubError(.misconfigured, "GH_HOST is `\(shown(text))`, which can't be part of a URL")
        }
        return GitHubEndpoint(api: api, host: bracketed + port, address: address, isNamed: false)
    }

    private static func named(_ text: String, by name: String, host: String?) throws(GitHubError) -> GitHubEndpoint {
        guard let address = WebAddress(text), !address.path.contains("?"), !address.path.contains("#") else {
            throw GitHubError(
                .misconfigured,
                "\(name) is `\(shown(text))`, which is no URL of an API; write it like https://ghe.example.com/api/v3"
            )
        }
        guard address.scheme == "https" || address.isLoopback else {
            throw GitHubError(
                .misconfigured,
                """
                \(name) is `\(shown(text))`: the token would go over the network unencrypted; use https:// (plain http is for \
                servers on this machine)
                """
            )
        }
        guard address.host != "github.com", address.host != "www.github.com" else {
            throw GitHubError(
                .misconfigured,
                "\(name) is `\(shown(text))`, the website; the API is https://api.github.com"
            )
        }
        if let host, WebAddress.place(host) == nil {
            throw GitHubError(.misconfigured, "GH_HOST is `\(shown(host))`, which is no host name")
        }
        var path = address.path[...]
        while path.hasSuffix("/") { path.removeLast() }
        return GitHubEndpoint(
            api: address.origin + path,
            host: host?.lowercased() ?? siteHost(address),
            address: address,
            isNamed: true
        )
    }

    /// The host of the website that belongs to an API.
    private static func siteHost(_ address: WebAddress) -> String {
        let isCloud = address.host == "api.github.com" || address.host.hasSuffix(".ghe.com")
        return isCloud && address.host.hasPrefix("api.") ? String(address.host.dropFirst(4)) : address.hostText
    }

    private static func shown(_ text: String) -> String { SafeText.line(Clip.characters(text, 100)) }
}
