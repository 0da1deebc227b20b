import OrchCore

extension GitHubClient {
    /// Whether an answer leads elsewhere.
    static func isRedirect(_ response: HTTPResponse) -> Bool {
        (300..<400).contains(response.status) && response.status != 304
    }

    /// Where a redirect of a read leads; only to the same API, so that the token goes nowhere else.
    ///
    /// A temporary one (302, 303, 307) is followed. A permanent one (301, 308) tells that a repository was renamed or an issue transferred,
    /// which the hub has to know; it is followed only where the answer says its own name. Writes never get here.
    ///
    /// Source: https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects
    func redirect(_ call: Call, _ response: HTTPResponse) throws(GitHubError) -> String {
        guard var target = response.header("location") else {
            throw bad(call, "a redirect (\(response.status)) to nowhere", response.status)
        }
        if target.hasPrefix("/"), !target.hasPrefix("//") { target = endpoint.address.origin + target }
        guard let address = WebAddress(target), endpoint.contains(address) else {
            throw bad(
                call,
                "a redirect to another host (\(Self.shown(target))), which is not followed",
                response.status
            )
        }
        let isPermanent = response.status == 301 || response.status == 308
        guard isPermanent, !call.followsMoves else { return target }
        throw GitHubError(
            .moved,
            "\(call.words(endpoint)): it was renamed or transferred, and is at \(Self.shown(target)) now",
            status: response.status,
            movedTo: target
        )
    }

    /// The link to the next page, if there is one.
    func nextPage(_ call: Call, _ answer: Answer) throws(GitHubError) -> PageLink? {
        guard let header = answer.response.header("link"), let target = LinkHeader.target("next", in: header) else {
            return nil
        }
        let link = PageLink(url: target)
        guard isOurs(link) else {
            throw bad(call, "a link to another host (\(Self.shown(target))), which is not followed")
        }
        return link
    }

    /// Whether a link leads to this API.
    func isOurs(_ link: PageLink) -> Bool { WebAddress(link.url).map(endpoint.contains) ?? false }

    private static func shown(_ url: String) -> String { SafeText.line(Clip.characters(url, 200)) }
}
