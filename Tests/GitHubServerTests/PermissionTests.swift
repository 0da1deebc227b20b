import GitHubServer
import OrchCore
import Testing

@Suite struct PermissionTests {
    @Test func `who may not is told 401, 403 or 404, in GitHub's words`() async throws {
        try await World.run { world in
            try await world.model.fileIssue("a", by: "acme")
            #expect(try await world.send("GET", "issues/1", as: nil).status == 200)
            #expect(try await world.send("POST", "issues/1/comments", ["body": "x"], as: nil).status == 401)
            let bad = try await world.send("GET", "issues/1", as: "nobody")
            #expect((bad.status, bad.json["message"]) == (401, "Bad credentials"))
            let label = try await world.send("POST", "issues/1/labels", ["x"], as: "mallory")
            #expect((label.status, label.json["message"]) == (403, "Must have admin rights to Repository."))
            #expect(try await world.send("POST", "issues/1/labels", ["x"], as: "tina").status == 200)
            #expect(try await world.send("POST", "labels", ["name": "y"], as: "tina").status == 403)
            #expect(try await world.send("PATCH", "issues/1", ["body": "mine now"], as: "tina").status == 403)
            #expect(try await world.send("PATCH", "issues/1", ["state": "closed"], as: "tina").status == 200)
            let silent = try await world.send("POST", "issues", ["title": "b", "labels": ["bug"]], as: "mallory")
            #expect((silent.status, silent.json["labels"]) == (201, []))
            #expect(try await world.send("GET", "nothing/here").status == 404)
            try await world.model.setPrivate(true)
            #expect(try await world.send("GET", "issues/1", as: "mallory").status == 404)
            #expect(try await world.send("GET", "", as: nil).status == 404)
            #expect(try await world.send("GET", "issues/1").status == 200)
        }
    }

    @Test func `roles are told to those with write access`() async throws {
        try await World.run { world in
            let answers = [("acme", "admin", "admin"), ("orch", "write", "write"), ("tina", "read", "triage")]
            for (user, permission, role) in answers {
                let answer = try await world.send("GET", "collaborators/\(user)/permission").json
                #expect(answer["permission"]?.stringValue == permission)
                #expect(answer["role_name"]?.stringValue == role)
            }
            #expect(try await world.send("GET", "collaborators/mallory/permission").json["permission"] == "read")
            #expect(try await world.send("GET", "collaborators/zoe/permission").status == 404)
            #expect(try await world.send("GET", "collaborators/acme/permission", as: "tina").status == 403)
        }
    }

    @Test func `a token that may not is told what was missing, and an installation is nobody`() async throws {
        try await World.run { world in
            let model = world.model
            try await model.addToken("fine-token", "orch", permissions: ["issues": "read", "metadata": "read"])
            try await model.addToken("app-token", "orch[bot]", permissions: ["issues": "write"], isInstallation: true)
            try await model.setRole("orch[bot]", .write)
            try await model.fileIssue("a", by: "acme")
            #expect(try await world.send("GET", "issues/1", as: "fine").status == 200)
            let refused = try await world.send("POST", "issues/1/comments", ["body": "x"], as: "fine")
            #expect(refused.status == 403)
            #expect(refused.json["message"] == "Resource not accessible by personal access token")
            #expect(refused.headers["x-accepted-github-permissions"] == "issues=write; pull_requests=write")
            #expect(try await world.send("GET", "/user", as: "fine").json["login"] == "orch")
            #expect(try await world.send("GET", "/user", as: "app").status == 403)
            #expect(try await world.send("POST", "issues/1/comments", ["body": "x"], as: "app").status == 201)
            try await model.revokeToken("fine-token")
            #expect(try await world.send("GET", "issues/1", as: "fine").status == 401)
        }
    }

    @Test func `in a locked conversation only those with write access speak`() async throws {
        try await World.run { world in
            try await world.model.fileIssue("a", by: "acme")
            #expect(try await world.send("PUT", "issues/1/lock", ["lock_reason": "spam"]).status == 204)
            #expect(try await world.send("POST", "issues/1/comments", ["body": "x"]).status == 201)
            let refused = try await world.send("POST", "issues/1/comments", ["body": "x"], as: "mallory")
            #expect(refused.status == 403)
            #expect(refused.json["message"] == "Unable to create comment because issue is locked.")
            #expect(try await world.send("POST", "issues/1/reactions", ["content": "eyes"], as: "tina").status == 403)
            #expect(try await world.send("GET", "issues/1").json["active_lock_reason"] == "spam")
            #expect(try await world.send("DELETE", "issues/1/lock").status == 204)
            #expect(try await world.send("POST", "issues/1/comments", ["body": "x"], as: "mallory").status == 201)
        }
    }

    @Test func `a client says who it is, and speaks a version that there is`() async throws {
        try await World.run { world in
            #expect(try await world.send("GET", "issues", headers: ["user-agent": ""]).status == 403)
            let version = "x-github-api-version"
            #expect(try await world.send("GET", "issues", headers: [version: "2022-11-28"]).status == 200)
            #expect(try await world.send("GET", "issues", headers: [version: "1999-01-01"]).status == 400)
            try await world.model.fileIssue("a", by: "acme")
            let newer = try await world.send("GET", "issues/1", headers: [version: "2026-03-10"])
            #expect(newer.json["assignee"] == nil)
            #expect(newer.json["assignees"] == [])
            #expect(newer.headers["x-github-request-id"] != nil)
        }
    }
}
