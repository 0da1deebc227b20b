import OrchCore

/// Things as GitHub answers with them.
enum Samples {
    static func user(_ login: String = "octocat", id: Int64 = 1, type: String = "User") -> JSONValue {
        ["login": .string(login), "id": .integer(id), "type": .string(type), "node_id": "U_1", "site_admin": false]
    }

    static func issue(_ number: Int64, updated: String = "2026-11-24T12:00:00Z") -> JSONValue {
        [
            "id": .integer(1_000 + number), "number": .integer(number), "title": "An issue", "body": "## Goal\nDo it.",
            "labels": [["id": 1, "name": "orchestrate", "color": "ededed"], "agent:queued"], "state": "open",
            "state_reason": nil, "user": user(), "author_association": "OWNER", "created_at": "2026-11-24T11:00:00Z",
            "updated_at": .string(updated), "closed_at": nil, "locked": false, "comments": 2,
            "html_url": .string("https://github.com/acme/widgets/issues/\(number)"),
            "issue_dependencies_summary": ["blocked_by": 1, "total_blocked_by": 2, "blocking": 0, "total_blocking": 0],
            "a_field_of_tomorrow": ["deep": [1, 2, 3]],
        ]
    }

    static func comment(_ id: Int64, issue: Int64 = 12, body: String = "Hello") -> JSONValue {
        [
            "id": .integer(id), "body": .string(body), "user": user(), "author_association": "MEMBER",
            "issue_url": .string("https://api.github.com/repos/acme/widgets/issues/\(issue)"),
            "html_url": .string("https://github.com/acme/widgets/issues/\(issue)#issuecomment-\(id)"),
            "created_at": "2026-11-24T11:00:00Z", "updated_at": "2026-11-24T12:00:00Z",
        ]
    }

    static func pull(_ number: Int64, branch: String = "ai/iss-12") -> JSONValue {
        [
            "id": .integer(5_000 + number), "number": .integer(number), "title": "A change", "body": nil,
            "state": "open",
            "draft": true, "merged_at": nil, "merge_commit_sha": "7e57", "user": user("orch-bot", id: 9, type: "Bot"),
            "head": ["ref": .string(branch), "sha": "abc", "repo": ["full_name": "acme/widgets"]],
            "base": ["ref": "main", "sha": "def", "repo": ["full_name": "acme/widgets"]],
            "created_at": "2026-11-24T11:00:00Z", "updated_at": "2026-11-24T12:00:00Z",
            "html_url": .string("https://github.com/acme/widgets/pull/\(number)"),
        ]
    }
}
