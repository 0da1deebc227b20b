import GitHubServer
import OrchCore
import Testing

@Suite struct IssueTests {
    @Test func `an issue is filed, read, changed, closed and opened again`() async throws {
        try await World.run { world in
            let made = try await world.send("POST", "issues", ["title": "A", "body": "B", "labels": ["new", "bug"]])
            #expect(made.status == 201)
            #expect(made.json["labels"]?.texts("name") == ["new", "bug"])
            #expect(made.json["labels"]?.texts("color") == ["ededed", "d73a4a"])
            #expect(made.json["author_association"] == "COLLABORATOR")
            #expect(made.json["user"]?["login"] == "orch")
            let closed = try await world.send("PATCH", "issues/1", ["state": "closed", "state_reason": "not_planned"])
            #expect((closed.json["state"], closed.json["state_reason"]) == ("closed", "not_planned"))
            #expect(closed.json["closed_by"]?["login"] == "orch")
            let opened = try await world.send("PATCH", "issues/1", ["state": "open", "title": "C", "body": nil])
            #expect((opened.json["state"], opened.json["title"], opened.json["body"]) == ("open", "C", ""))
            let events = try await world.send("GET", "issues/1/events")
            #expect(events.json.texts("event") == ["labeled", "labeled", "closed", "renamed", "reopened"])
            #expect(events.json[0]?["actor"]?["login"] == "orch")
            #expect(events.json[0]?["label"]?["name"] == "new")
        }
    }

    @Test func `labels are added, replaced and removed, and each change is one event`() async throws {
        try await World.run { world in
            try await world.model.fileIssue("a", labels: ["agent:queued"], by: "acme")
            let added = try await world.send("POST", "issues/1/labels", ["labels": ["agent:running", "AGENT:RUNNING"]])
            #expect(added.json.texts("name") == ["agent:queued", "agent:running"])
            try await world.send("POST", "issues/1/labels", ["agent:running"])
            let left = try await world.send("DELETE", "issues/1/labels/agent%3Aqueued")
            #expect((left.status, left.json.texts("name")) == (200, ["agent:running"]))
            let again = try await world.send("DELETE", "issues/1/labels/agent%3Aqueued")
            #expect((again.status, again.json["message"]) == (404, "Label does not exist"))
            let set = try await world.send("PUT", "issues/1/labels", ["labels": ["agent:done", "agent:running"]])
            #expect(set.json.texts("name") == ["agent:done", "agent:running"])
            #expect(
                try await world.model.labelChanges(1) == [
                    "+agent:queued acme", "+agent:running orch", "-agent:queued orch", "+agent:done orch",
                ]
            )
            #expect(try await world.send("DELETE", "issues/1/labels").status == 204)
            #expect(try await world.send("GET", "issues/1/labels").json == [])
        }
    }

    @Test func `a repository's labels: a name is taken whatever its case, and odd names work`() async throws {
        try await World.run { world in
            let made = try await world.send(
                "POST",
                "labels",
                ["name": "agent: für/α", "color": "#FF0000", "description": "x"]
            )
            #expect((made.status, made.json["color"]) == (201, "ff0000"))
            let twin = try await world.send("POST", "labels", ["name": "AGENT: FÜR/Α", "color": "00ff00"])
            #expect(twin.status == 422)
            #expect(twin.json["errors"]?[0]?["code"] == "already_exists")
            #expect(try await world.send("GET", "labels/agent%3A%20f%C3%BCr%2F%CE%B1").status == 200)
            let bad = try await world.send("POST", "labels", ["name": "x", "color": "red"])
            #expect(bad.json["errors"]?[0]?["field"] == "color")
            try await world.model.fileIssue("a", labels: ["agent: für/α"], by: "acme")
            let renamed = try await world.send("PATCH", "labels/agent%3A%20f%C3%BCr%2F%CE%B1", ["new_name": "plain"])
            #expect(renamed.json["name"] == "plain")
            #expect(try await world.send("GET", "issues/1/labels").json.texts("name") == ["plain"])
            #expect(try await world.send("DELETE", "labels/plain").status == 204)
            #expect(try await world.send("GET", "issues/1/labels").json == [])
        }
    }

    @Test func `what is too long, blank or no JSON is refused and changes nothing`() async throws {
        try await World.run { world in
            let long = String(repeating: "x", count: 65_537)
            let issue = try await world.send("POST", "issues", ["title": "t", "body": .string(long)])
            #expect((issue.status, issue.json["message"]) == (422, "Validation Failed"))
            let title = try await world.send("POST", "issues", ["title": .string(String(long.prefix(257)))])
            #expect(title.json["errors"]?[0]?["field"] == "title")
            #expect(
                try await world.send("POST", "issues", ["body": "b"]).json["errors"]?[0]?["code"] == "missing_field"
            )
            let labels = try await world.send(
                "POST",
                "issues",
                ["title": "t", "labels": [.string(String(long.prefix(51)))]]
            )
            #expect(labels.status == 422)
            try await world.model.fileIssue("a", by: "acme")
            let comment = try await world.send("POST", "issues/1/comments", ["body": .string(long)])
            #expect(comment.json["errors"]?[0]?["message"] == "Body is too long (maximum is 65536 characters)")
            let fits = try await world.send("POST", "issues/1/comments", ["body": .string(String(long.dropLast()))])
            #expect(fits.status == 201)
            #expect(try await world.send("POST", "issues/1/comments", ["body": " \n"]).status == 422)
            let headers = ["user-agent": "t", "authorization": "token orch-token"]
            let path = "/repos/acme/widgets/issues"
            let cut = try await Exchange.send(world.port, "POST", path, headers: headers, body: "{\"title\":")
            #expect((cut.status, cut.json["message"]) == (400, "Problems parsing JSON"))
            #expect(await world.model.log.effects == 1)
            #expect(try await world.send("GET", "issues?state=all").json.arrayValue?.count == 1)
        }
    }

    @Test func `blockers are issues, counted on the blocked one, and never in a circle`() async throws {
        try await World.run { world in
            let model = world.model
            try await model.addRepository("acme/other")
            try await model.fileIssue("first", by: "acme")
            try await model.fileIssue("second", by: "acme")
            try await model.fileIssue("elsewhere", by: "acme", in: "acme/other")
            let first = try await world.send("GET", "issues/1").json
            let body: JSONValue = ["issue_id": first["id"] ?? .null]
            #expect(try await world.send("POST", "issues/2/dependencies/blocked_by", body).status == 201)
            try await model.block(2, by: 1, of: "acme/other")
            let blockers = try await world.send("GET", "issues/2/dependencies/blocked_by").json
            #expect(blockers.texts("title") == ["first", "elsewhere"])
            #expect(blockers[1]?["repository_url"]?.stringValue?.hasSuffix("/repos/acme/other") == true)
            world.clock.advance(60)
            let before = try await world.send("GET", "issues/2").json
            #expect(before["issue_dependencies_summary"]?["blocked_by"] == 2)
            try await model.close(1, by: "acme")
            let after = try await world.send("GET", "issues/2").json
            #expect(after["issue_dependencies_summary"]?["blocked_by"] == 1)
            #expect(after["issue_dependencies_summary"]?["total_blocked_by"] == 2)
            #expect(after["updated_at"] == before["updated_at"])
            let second: JSONValue = ["issue_id": after["id"] ?? .null]
            #expect(try await world.send("POST", "issues/1/dependencies/blocked_by", second).status == 422)
            let id = try #require(first["id"]?.intValue)
            #expect(try await world.send("DELETE", "issues/2/dependencies/blocked_by/\(id)").status == 200)
            #expect(try await world.send("DELETE", "issues/2/dependencies/blocked_by/\(id)").status == 404)
            #expect(try await world.send("GET", "issues/1/dependencies/blocking").json == [])
        }
    }
}
