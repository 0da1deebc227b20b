import OrchCore

extension GitHubClient {
    /// Reads one thing.
    func get<T: Sendable>(
        _ url: String,
        followsMoves: Bool = false,
        _ read: (JSONValue) throws(BadField) -> T
    ) async throws(GitHubError) -> T {
        let call = Call(method: .get, url: url, kind: .read, followsMoves: followsMoves)
        let answer = try await send(call)
        return try reading(call) { () throws(BadField) in try read(answer.json) }
    }

    /// Reads one thing, unless nothing has changed.
    func get<T: Sendable>(
        _ url: String,
        validator: String?,
        _ read: (JSONValue) throws(BadField) -> T
    ) async throws(GitHubError) -> Conditional<T> {
        let call = Call(method: .get, url: url, kind: .read, validator: validator)
        let answer = try await send(call)
        if answer.isNotModified { return .notModified }
        return .modified(
            try reading(call) { () throws(BadField) in try read(answer.json) },
            validator: answer.validator
        )
    }

    /// Reads a page of a list, unless nothing has changed.
    func page<T: Sendable>(
        _ link: PageLink?,
        first: String,
        in key: String? = nil,
        validator: String?,
        _ read: (JSONValue) throws(BadField) -> T
    ) async throws(GitHubError) -> Conditional<Page<T>> {
        if let link, !isOurs(link) {
            throw GitHubError(.badAnswer, "the link to the next page leads to another host, and is not followed")
        }
        let call = Call(method: .get, url: link?.url ?? first, kind: .read, validator: validator)
        let answer = try await send(call)
        if answer.isNotModified { return .notModified }
        let items = try elements(call, answer.json, key, read)
        return .modified(Page(items: items, next: try nextPage(call, answer)), validator: answer.validator)
    }

    /// Reads all pages of a list.
    ///
    /// - Parameters:
    ///   - first: the URL of the first page.
    ///   - key: the member that has the list, if it is not the whole answer.
    ///   - read: reads one element.
    /// - Returns: the elements of all pages.
    /// - Throws: `GitHubError`; `badAnswer` for a list that does not end.
    func all<T: Sendable>(
        _ first: String,
        in key: String? = nil,
        _ read: (JSONValue) throws(BadField) -> T
    ) async throws(GitHubError) -> [T] {
        var items: [T] = []
        var url = first
        for _ in 0..<Self.pageLimit {
            let call = Call(method: .get, url: url, kind: .read)
            let answer = try await send(call)
            items += try elements(call, answer.json, key, read)
            guard let next = try nextPage(call, answer) else { return items }
            guard next.url != url else { throw bad(call, "a page whose next page is itself") }
            url = next.url
        }
        throw GitHubError(.badAnswer, "a list of GitHub has more than \(Self.pageLimit) pages: \(Self.path(first))")
    }

    private func elements<T>(
        _ call: Call,
        _ json: JSONValue,
        _ key: String?,
        _ read: (JSONValue) throws(BadField) -> T
    ) throws(GitHubError) -> [T] {
        guard let list = (key.map { json[$0] } ?? json)?.arrayValue else {
            throw bad(call, "something that is no list")
        }
        return try reading(call) { () throws(BadField) in
            var items: [T] = []
            items.reserveCapacity(list.count)
            for element in list { items.append(try read(element)) }
            return items
        }
    }

    /// Reads an answer; what can't be read is no answer of GitHub's.
    func reading<T>(_ call: Call, _ read: () throws(BadField) -> T) throws(GitHubError) -> T {
        do throws(BadField) {
            return try read()
        } catch {
            throw bad(call, "something that can't be read: \(error)")
        }
    }

    private static func path(_ url: String) -> String { SafeText.line(Clip.characters(url.prefix { $0 != "?" }, 200)) }
}
