import OrchCore

extension Routes {
    /// Labels (docs.github.com/rest/issues/labels).
    static let labels: [Route] = [
        Route("GET", "labels", .read("issues=read", "pull_requests=read")) { state, call in
            let repository = try state.repository(call.repository)
            let labels = repository.labels.values.sorted { $0.name.lowercased() < $1.name.lowercased() }
            let render = call.render(state)
            return Paging(call).answer(labels) { render.label($0, repository) }
        },
        Route("POST", "labels", .write(as: .write, "issues=write", "pull_requests=write")) { state, call in
            let label = try state.createLabel(
                call.repository,
                name: try call.needText("name", "Label"),
                color: call.text("color").map { $0.hasPrefix("#") ? String($0.dropFirst()) : $0 },
                about: call.text("description")
            )
            return APIAnswer(201, call.render(state).label(label, try state.repository(call.repository)))
        },
        Route("GET", "labels/:", .read("issues=read", "pull_requests=read")) { state, call in
            let repository = try state.repository(call.repository)
            guard let label = repository.label(named: call.parameters[0]) else { throw Refusal.notFound }
            return APIAnswer(200, call.render(state).label(label, repository))
        },
        Route("PATCH", "labels/:", .write(as: .write, "issues=write", "pull_requests=write")) { state, call in
            let label = try state.changeLabel(
                call.repository,
                call.parameters[0],
                newName: call.text("new_name"),
                color: call.text("color"),
                about: call.text("description")
            )
            return APIAnswer(200, call.render(state).label(label, try state.repository(call.repository)))
        },
        Route("DELETE", "labels/:", .write(as: .write, "issues=write", "pull_requests=write")) { state, call in
            try state.deleteLabel(call.repository, call.parameters[0])
            return APIAnswer(204)
        },
        Route("GET", "issues/:/labels", .read("issues=read", "pull_requests=read")) { state, call in
            _ = try state.issue(call.place())
            let render = call.render(state)
            let repository = try state.repository(call.repository)
            let labels = try state.issue(call.place()).labels.compactMap { repository.labels[$0] }
            return Paging(call).answer(labels) { render.label($0, repository) }
        },
        Route("POST", "issues/:/labels", labelling) { state, call in
            _ = try state.issue(call.place())
            try state.addLabels(call.place(), try names(call), by: call.viewer)
            return try all(state, call)
        },
        Route("PUT", "issues/:/labels", labelling) { state, call in
            _ = try state.issue(call.place())
            try state.setLabels(call.place(), try names(call), by: call.viewer)
            return try all(state, call)
        },
        Route("DELETE", "issues/:/labels", labelling) { state, call in
            try state.setLabels(call.place(), [], by: call.viewer)
            return APIAnswer(204)
        },
        Route("DELETE", "issues/:/labels/:", labelling) { state, call in
            try state.removeLabel(call.place(), call.parameters[1], by: call.viewer)
            return try all(state, call)
        },
    ]

    private static let labelling = Access.write(as: .triage, "issues=write", "pull_requests=write")

    private static func all(_ state: GitHubState, _ call: Call) throws -> APIAnswer {
        let issue = try state.issue(call.place())
        return APIAnswer(200, call.render(state).labels(issue, try state.repository(call.repository)))
    }

    /// The names that are sent: a list, or an object with one, of texts or of objects with a `name`.
    private static func names(_ call: Call) throws -> [String] {
        guard let list = (call.body["labels"] ?? call.body).arrayValue else {
            throw Refusal.invalid("Label", "labels", "missing_field")
        }
        return try labelNames(list)
    }

    /// The names in a list of texts, or of objects with a `name`.
    static func labelNames(_ list: [JSONValue]) throws -> [String] {
        try list.map { item in
            guard let name = item.stringValue ?? item["name"]?.stringValue else {
                throw Refusal.invalid("Label", "name", "missing_field")
            }
            return name
        }
    }
}
