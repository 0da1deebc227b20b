/// One thing that can be asked of a repository.
struct Route: Sendable {
    typealias Handler = @Sendable (inout GitHubState, Call) throws -> APIAnswer

    let method: String
    /// The path below the repository: `:` is any part, a `*` at the end is any rest, of one part at least.
    let pattern: [String]
    let access: Access
    let handle: Handler

    init(_ method: String, _ pattern: String, _ access: Access, _ handle: @escaping Handler) {
        self.method = method
        self.pattern = pattern.split(separator: "/").map(String.init)
        self.access = access
        self.handle = handle
    }

    /// What the `:` and the `*` stand for in a path; nil if it is another path.
    func match(_ path: [String]) -> [String]? {
        var parameters: [String] = []
        for (index, part) in pattern.enumerated() {
            if part == "*" {
                guard index < path.count else { return nil }
                return parameters + [path[index...].joined(separator: "/")]
            }
            guard index < path.count else { return nil }
            if part == ":" {
                parameters.append(path[index])
            } else if part != path[index] {
                return nil
            }
        }
        return pattern.count == path.count ? parameters : nil
    }
}
