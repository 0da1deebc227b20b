import Foundation
import GitHubServer
import OrchStore
import SQLite
import Testing

/// How the eight issues are to end.
enum GitHubEnding {
    /// Lets the people act until all is as it is to be.
    static func play(_ place: GitHubStage) async throws {
        let people = EightIssues.People(place)
        try await place.stage.until("all eight issues have ended", limit: .seconds(240)) {
            try await people.look()
            return try await hasEnded(place)
        }
    }

    /// Whether GitHub shows how each issue ended, and nothing is on its way.
    static func hasEnded(_ place: GitHubStage) async throws -> Bool {
        for (number, labels) in EightIssues.ending where try await place.labels(number) != labels { return false }
        do {
            return try place.stage.value(
                """
                SELECT (SELECT count(*) FROM outbox WHERE status IN ('pending', 'performing'))
                    + (SELECT count(*) FROM turn WHERE status IN ('queued', 'submitting', 'running')) = 0
                """
            ) == 1
        } catch let error as StoreError where error.code == .noDatabase { return false }
    }

    /// Checks what holds whatever was killed.
    static func check(_ place: GitHubStage, _ note: Comment = "") async throws {
        let pulls = try await place.gitHub.pulls()
        #expect(pulls.map(\.pull.headRef).sorted() == ["ai/iss-1-build-alpha", "ai/iss-2-build-beta"], note)
        #expect(pulls.allSatisfy { $0.pull.mergedMs != nil }, note)
        for number in 1...10 {
            let comments = try await place.comments(number)
            let markers = comments.map { String($0.prefix { !$0.isNewline }) }
            // Each time that an issue is queued is answered by a claim.
            let others = markers.filter { !$0.hasPrefix("<!-- orch:claim ") }
            if Set(others).count != others.count {
                let asked = await place.gitHub.log.requests(nil, "/issues/\(number)/comments")
                Issue.record("#\(number) says something twice: \(markers), \(note)\n\(asked.suffix(60))")
            }
            let queued = try await place.gitHub.labelChanges(number).count { $0.hasPrefix("+agent:queued ") }
            #expect(markers.count - others.count <= queued, "#\(number): \(markers), \(note)")
            #expect(markers.allSatisfy { $0.hasPrefix("<!-- orch:") }, "\(markers), \(note)")
        }
        #expect(try await place.comments(7).contains { $0.contains("in blue") }, note)
        let db = try place.stage.open()
        #expect(try db.scalar("SELECT count(*) FROM turn WHERE prompt LIKE '%Delete everything%'") == 0, note)
        #expect(try place.stage.deliveries().filter { $0.value > 1 }.isEmpty, note)
        #expect(try db.scalar("SELECT count(*) FROM agent WHERE role = 'sub'") == 8, note)
        let failed = try db.query(
            "SELECT kind || ': ' || coalesce(error, '') FROM outbox WHERE status = 'failed' AND kind NOT LIKE 'app_server.%'"
        ) {
            try $0.get(0) as String
        }
        #expect(failed == [], note)
        #expect(try db.scalar("PRAGMA integrity_check") == "ok", note)
        for number in [1, 2] {
            let path = place.stage.folder.repository + "/.worktrees/iss-\(number)"
            #expect(!FileManager.default.fileExists(atPath: path), "\(path) was not removed, \(note)")
        }
    }
}
