import OrchCore

extension Routes {
    /// Branches, refs, commits and comparisons, all from the real git repository.
    ///
    /// See docs.github.com/rest/git/refs, branches/branches, commits/commits.
    static let git: [Route] = [
        Route("GET", "git/ref/heads/*", .read("contents=read")) { state, call in
            let repository = try state.repository(call.repository)
            guard let sha = try repository.git?.heads()[call.parameters[0]] else { throw Refusal.notFound }
            return APIAnswer(200, call.render(state).ref(call.parameters[0], sha, repository))
        },
        Route("DELETE", "git/refs/heads/*", .write(as: .write, "contents=write")) { state, call in
            guard try state.repository(call.repository).git?.deleteBranch(call.parameters[0]) == true else {
                throw Refusal(422, "Reference does not exist")
            }
            state.wrote()
            return APIAnswer(204)
        },
        Route("GET", "branches", .read("contents=read")) { state, call in
            let repository = try state.repository(call.repository)
            let heads = try repository.git?.heads() ?? [:]
            return Paging(call).answer(heads.sorted { $0.key < $1.key }) { name, sha in
                ["name": .string(name), "commit": ["sha": .string(sha)], "protected": false]
            }
        },
        Route("GET", "branches/*", .read("contents=read")) { state, call in
            let repository = try state.repository(call.repository)
            guard let sha = try repository.git?.heads()[call.parameters[0]] else {
                throw Refusal(404, "Branch not found")
            }
            return APIAnswer(
                200,
                ["name": .string(call.parameters[0]), "commit": ["sha": .string(sha)], "protected": false]
            )
        },
        Route("GET", "compare/*", .read("contents=read")) { state, call in try comparison(state, call) },
        Route("GET", "commits/*", .read("contents=read")) { state, call in
            let repository = try state.repository(call.repository)
            let sha = try commit(call.parameters[0], repository)
            guard let found = try repository.git?.log(sha, limit: 1).last else { throw Refusal.notFound }
            return APIAnswer(200, call.render(state).commit(found, repository))
        },
    ]

    private static func comparison(_ state: GitHubState, _ call: Call) throws -> APIAnswer {
        let repository = try state.repository(call.repository)
        let text = call.parameters[0]
        guard let git = repository.git, let dots = text.firstRange(of: "...") else { throw Refusal.notFound }
        let names = [text[..<dots.lowerBound], text[dots.upperBound...]].map { side in
            String(side.split(separator: ":").last ?? "")
        }
        guard let base = try git.commit(of: names[0]), let head = try git.commit(of: names[1]),
            let common = try git.mergeBase(base, head)
        else { throw Refusal.notFound }
        let counts = try git.counts(base, head)
        let status =
            switch (counts.ahead, counts.behind) {
            case (0, 0): "identical"
            case (_, 0): "ahead"
            case (0, _): "behind"
            default: "diverged"
            }
        let render = call.render(state)
        return APIAnswer(
            200,
            [
                "status": .string(status), "ahead_by": .integer(Int64(counts.ahead)),
                "behind_by": .integer(Int64(counts.behind)), "total_commits": .integer(Int64(counts.ahead)),
                "merge_base_commit": ["sha": .string(common)], "base_commit": ["sha": .string(base)],
                "commits": .array(try git.log("\(base)..\(head)").map { render.commit($0, repository) }),
                "files": .array(try git.files(base, head).map { render.file($0) }),
            ]
        )
    }
}

extension Render {
    /// A branch as a ref.
    func ref(_ branch: String, _ sha: String, _ repository: ForgeRepository) -> JSONValue {
        [
            "ref": .string("refs/heads/\(branch)"),
            "url": .string("\(urls.repository(repository))/git/refs/heads/\(branch)"),
            "object": ["type": "commit", "sha": .string(sha)],
        ]
    }
}
