import OrchCore

/// Pages of lists (docs.github.com/rest "Using pagination in the REST API").
///
/// The `Link` header leads by the repository's number, and lists of issues by a cursor, so that clients which make up the address of the
/// next page themselves are found out.
struct Paging {
    /// Where an item of a sorted list stands.
    struct Key: Comparable {
        var value: Int64
        var id: Int64

        static func < (lhs: Key, rhs: Key) -> Bool { (lhs.value, lhs.id) < (rhs.value, rhs.id) }
    }

    private let call: Call
    private let size: Int
    private let page: Int

    /// The page that a request wants: 30 items unless it says otherwise, 100 at most.
    init(_ call: Call) {
        self.call = call
        let wanted = call.request.query("per_page").flatMap { Int($0) } ?? 30
        size = wanted < 1 ? 30 : min(wanted, 100)
        page = max(1, call.request.query("page").flatMap { Int($0) } ?? 1)
    }

    /// A page of a list, by its number.
    func answer<T>(_ items: [T], _ render: (T) -> JSONValue) -> APIAnswer {
        var answer = APIAnswer(200, .array(slice(items).map(render)))
        answer.headers["link"] = link(count: items.count)
        return answer
    }

    /// The items of the page, for answers that wrap them.
    func slice<T>(_ items: [T]) -> [T] { Array(items.dropFirst((page - 1) * size).prefix(size)) }

    /// The `Link` header of numbered pages; nil if there is one page only.
    func link(count: Int) -> String? {
        let last = max(1, (count + size - 1) / size)
        guard last > 1 else { return nil }
        var links: [String] = []
        if page > 1 { links.append(link("prev", [("page", String(page - 1))])) }
        if page < last { links.append(link("next", [("page", String(page + 1))])) }
        if page < last { links.append(link("last", [("page", String(last))])) }
        if page > 1 { links.append(link("first", [("page", "1")])) }
        return links.joined(separator: ", ")
    }

    /// A page of a sorted list, by a cursor: what changes its place meanwhile is seen again or not at all, never twice in its old place.
    func answer<T>(_ items: [(key: Key, item: T)], ascending: Bool, _ render: (T) -> JSONValue) -> APIAnswer {
        var rest = items[...]
        if let cursor = call.request.query("after") {
            guard let after = Self.key(of: cursor) else { return APIAnswer(Refusal(422, "Invalid cursor")) }
            rest = rest.drop { ascending ? $0.key <= after : $0.key >= after }
        } else {
            rest = rest.dropFirst((page - 1) * size)
        }
        let shown = rest.prefix(size)
        var answer = APIAnswer(200, .array(shown.map { render($0.item) }))
        if shown.count < rest.count, let last = shown.last {
            let next = [("after", Self.cursor(of: last.key)), ("page", String(page + 1))]
            answer.headers["link"] = link("next", next)
        }
        return answer
    }

    private func link(_ relation: String, _ changes: [(String, String)]) -> String {
        let kept = call.request.query.filter { !["page", "after", "before"].contains($0.name) }
        let query = (kept.map { ($0.name, $0.value) } + changes).map { "\($0.0)=\(Percent.encode($0.1))" }
        let parts = call.request.path
        let tail: [String]
        if let index = parts.firstIndex(of: "repos") {
            tail = Array(parts.dropFirst(index + 3))
        } else {
            tail = Array(parts.dropFirst((parts.firstIndex(of: "repositories") ?? -2) + 2))
        }
        let path = (["repositories", String(call.repository)] + tail).map(Percent.encode).joined(separator: "/")
        return "<\(call.urls.api)/\(path)?\(query.joined(separator: "&"))>; rel=\"\(relation)\""
    }

    private static func cursor(of key: Key) -> String {
        "Y3Vyc29yOnYyOp" + String(key.value, radix: 36) + "-" + String(key.id, radix: 36) + "=="
    }

    private static func key(of cursor: String) -> Key? {
        guard cursor.hasPrefix("Y3Vyc29yOnYyOp"), cursor.hasSuffix("==") else { return nil }
        let parts = cursor.dropFirst("Y3Vyc29yOnYyOp".count).dropLast(2).split(separator: "-")
        guard parts.count == 2, let value = Int64(parts[0], radix: 36), let id = Int64(parts[1], radix: 36) else {
            return nil
        }
        return Key(value: value, id: id)
    }
}
