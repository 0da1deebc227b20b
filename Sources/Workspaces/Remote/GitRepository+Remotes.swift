import OrchCore

extension GitRepository {
    /// The repository's remotes, sorted by name; one without a url is left out.
    package func remotes() async throws(WorkspaceError) -> [Remote] {
        var remotes: [Remote] = []
        for name in try await remoteNames() {
            let url = try await url(of: name)
            // Git makes up the url of a remote that has none: its name.
            guard !url.isEmpty, url != name else { continue }
            let push = try await self.url(of: name, "--push")
            remotes.append(Remote(name: name, url: url, pushURL: push.isEmpty ? url : push))
        }
        return remotes
    }

    /// The remote that GitHub mode works with: the configured one, else `origin`, else the only one.
    ///
    /// - Returns: its name; nil when there is none, or several and none is `origin`.
    /// - Throws: `WorkspaceError` with code `noSuchRef` when the configured one is not there.
    package func trackedRemote(configured: String? = nil) async throws(WorkspaceError) -> String? {
        if let configured {
            try await requireRemote(configured)
            return configured
        }
        let names = try await remotes().map(\.name)
        if names.contains("origin") { return "origin" }
        return names.count == 1 ? names[0] : nil
    }

    /// Checks that a name is a remote's, since git would take any other for a path or a url.
    func requireRemote(_ name: String) async throws(WorkspaceError) {
        let names = try await remoteNames()
        guard !names.contains(name) else { return }
        let known = names.map { "`\(SafeText.line($0))`" }.joined(separator: ", ")
        throw WorkspaceError(
            .noSuchRef,
            "there is no remote `\(SafeText.line(Clip.characters(name, 80)))` in \(root)"
                + (known.isEmpty ? ": `git remote add` makes one" : ": there is \(known)")
        )
    }

    private func remoteNames() async throws(WorkspaceError) -> [String] {
        try await git.run(["remote"], at: place, reach: .remote).text.split(separator: "\n").map(String.init)
    }

    private func url(of name: String, _ option: String...) async throws(WorkspaceError) -> String {
        let answer = try await git.run(
            ["remote", "get-url"] + option + ["--", name],
            at: place,
            accepts: Set(0...255),
            reach: .remote
        )
        return answer.exitCode == 0 ? answer.text : ""
    }
}
