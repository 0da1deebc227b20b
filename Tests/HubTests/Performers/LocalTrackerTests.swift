import OrchCore
import OrchStore
import OrchTestSupport
import SQLite
import Testing
import Trackers

@testable import Hub

/// The local tracker on the hub's own database.
@Suite(.timeLimit(.minutes(1)))
struct LocalTrackerTests {
    private let store: TestStore
    private let epoch = HubEpoch()
    private let tracker: LocalTracker

    init() throws {
        store = try TestStore.onDisk()
        tracker = LocalTracker(StoredIssues(try #require(store.folder), epoch: epoch))
    }

    @Test func `I4: a comment is posted once, however often it is asked for`() async throws {
        let issue = try store.rows.issue()
        let first = try await tracker.postComment(issue: issue, body: "Hello", marker: "m")
        let second = try await tracker.postComment(issue: issue, body: "Hello", marker: "m")
        #expect(first == second)
        #expect(try store.tables.issues.comments(issue).map(\.body) == ["Hello"])
        #expect(try store.tables.issues.comments(issue).map(\.author) == [LocalTracker.author])
    }

    @Test func `the labels shown become the labels wanted, as often as it is asked`() async throws {
        let issue = try store.rows.issue()
        try store.tables.issues.observe(issue, label: "old", true)
        _ = try store.tables.issues.want(issue, label: "old", false)
        _ = try store.tables.issues.want(issue, label: "new", true)
        for _ in 0..<2 { #expect(try await tracker.showLabels(issue: issue) == ["new"]) }
        #expect(try store.tables.issues.observedLabels(issue) == ["new"])
    }

    @Test func `an issue that is not there is said`() async throws {
        await #expect(throws: TrackerError(.notFound, "there is no issue #9")) {
            try await tracker.showLabels(issue: 9)
        }
        await #expect(throws: TrackerError.self) { try await tracker.postComment(issue: 9, body: "", marker: "m") }
    }

    @Test func `I1: a superseded daemon writes no comment`() async throws {
        let issue = try store.rows.issue()
        epoch.set(try store.tables.hub.epoch() + 5)
        await #expect(throws: TrackerError.self) { try await tracker.postComment(issue: issue, body: "x", marker: "m") }
        #expect(try store.tables.issues.comments(issue).isEmpty)
    }
}
