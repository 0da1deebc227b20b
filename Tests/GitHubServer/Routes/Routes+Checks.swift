import OrchCore

extension Routes {
    /// Check runs (docs.github.com/rest/checks/runs) and commit statuses (docs.github.com/rest/commits/statuses).
    static let checks: [Route] = [
        Route("GET", "commits/:/check-runs", .read("checks=read")) { state, call in
            let repository = try state.repository(call.repository)
            let sha = try commit(call.parameters[0], repository)
            let all = call.request.query("filter") == "all"
            var checks = all ? (repository.checks[sha] ?? []).reversed() : repository.latestChecks(sha)
            if let name = call.request.query("check_name") { checks = checks.filter { $0.name == name } }
            if let status = call.request.query("status") { checks = checks.filter { $0.status == status } }
            let (paging, render) = (Paging(call), call.render(state))
            var answer = APIAnswer(
                200,
                [
                    "total_count": .integer(Int64(checks.count)),
                    "check_runs": .array(paging.slice(checks).map { render.check($0, repository) }),
                ]
            )
            answer.headers["link"] = paging.link(count: checks.count)
            return answer
        },
        Route("POST", "check-runs", .write(as: .write, "checks=write")) { state, call in
            // "OAuth apps and authenticated users cannot create a check run."
            guard call.token?.isInstallation == true else {
                throw Refusal(403, "You must authenticate via a GitHub App.")
            }
            let repository = try state.repository(call.repository)
            let check = try state.setCheck(
                call.repository,
                sha: try commit(try call.needText("head_sha", "CheckRun"), repository),
                name: try call.needText("name", "CheckRun"),
                status: call.text("status") ?? (call.text("conclusion") == nil ? "queued" : "completed"),
                conclusion: call.text("conclusion"),
                title: call.body["output"]?["title"]?.stringValue,
                summary: call.body["output"]?["summary"]?.stringValue,
                detailsURL: call.text("details_url")
            )
            return APIAnswer(201, call.render(state).check(check, repository))
        },
        Route("POST", "statuses/:", .write(as: .write, "statuses=write")) { state, call in
            let status = try state.setStatus(
                call.repository,
                sha: try commit(call.parameters[0], try state.repository(call.repository)),
                context: call.text("context") ?? "default",
                state: try call.needText("state", "Status"),
                about: call.text("description"),
                targetURL: call.text("target_url"),
                by: call.viewer
            )
            return APIAnswer(201, call.render(state).status(status))
        },
        Route("GET", "commits/:/status", .read("statuses=read")) { state, call in
            let repository = try state.repository(call.repository)
            let sha = try commit(call.parameters[0], repository)
            let statuses = repository.latestStatuses(sha)
            let render = call.render(state)
            let combined =
                statuses.contains { ["failure", "error"].contains($0.state) }
                ? "failure" : !statuses.isEmpty && statuses.allSatisfy { $0.state == "success" } ? "success" : "pending"
            return APIAnswer(
                200,
                [
                    "state": .string(combined), "sha": .string(sha), "total_count": .integer(Int64(statuses.count)),
                    "statuses": .array(Paging(call).slice(statuses).map { render.status($0) }),
                ]
            )
        },
        Route("GET", "commits/:/statuses", .read("statuses=read")) { state, call in
            let repository = try state.repository(call.repository)
            let statuses = repository.statuses[try commit(call.parameters[0], repository)] ?? []
            let render = call.render(state)
            return Paging(call).answer(statuses.reversed()) { render.status($0) }
        },
    ]

    /// The commit of a name.
    ///
    /// - Throws: 422 "No commit found for SHA" as GitHub does.
    static func commit(_ name: String, _ repository: ForgeRepository) throws -> String {
        guard let git = repository.git else { return name }
        guard let sha = try git.commit(of: name) else { throw Refusal(422, "No commit found for SHA: \(name)") }
        return sha
    }
}
