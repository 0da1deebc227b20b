import Foundation
import GitHubServer
import ModelServer
import OrchStore
import SQLite
import Testing

/// A repository that is run from GitHub alone, with the real codex and git.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct GitHubFlowTests {
    /// SplitMix64: the same instants for the same seed.
    private struct Seeded: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    private enum Victim: CaseIterable { case daemon, appServer, both }

    private static let kills = 40

    @Test func `Eight issues end as their people wish, also under 40 kills and with every fifth request at fault`()
        async throws
    {
        var calm: GitHubEnding.Shown?
        try await withGitHub(EightIssues()) { place in
            try await EightIssues.file(place)
            try place.startDaemon()
            try await GitHubEnding.play(place)
            try await GitHubEnding.check(place)
            #expect(try await place.stage.stopDaemon() == 0)
            calm = try await GitHubEnding.shown(place)
        }
        let expected = try #require(calm)
        let settings = GitHubStage.settings + ", max_continuations: 100, max_attempts: 100"
        try await withGitHub(EightIssues(), settings: settings) { place in
            try await EightIssues.file(place)
            await place.gitHub.randomizeFaults(seed: 7, rate: 0.2)
            try await Self.survive(place, seed: 7)
            await place.gitHub.clearFaults()
            try await GitHubEnding.check(place, "under kills")
            let code = try await place.stage.stopDaemon()
            #expect(code == 0, "\(place.stage.words().suffix(3_000))")
            let shown = try await GitHubEnding.shown(place)
            #expect(shown.facts == expected.facts)
            for (number, changes) in shown.changes {
                let all = expected.changes[number] ?? []
                // While it is cut off changes coalesce; none is made more often.
                #expect(changes.isPart(of: all), "#\(number): \(changes) of \(all)")
            }
        }
    }

    /// Plays the eight issues and kills meanwhile, at instants that events tell.
    private static func survive(_ place: GitHubStage, seed: UInt64) async throws {
        var random = Seeded(state: seed)
        let stage = place.stage
        let people = EightIssues.People(place)
        try place.startDaemon()
        for index in 0..<kills {
            let victim = Victim.allCases[index % 3]
            try await wait(for: Int.random(in: 1...20, using: &random), place, people)
            if victim != .daemon {
                try await stage.until("an app-server runs") { try stage.appServer() != nil }
                #expect(try stage.killAppServer())
            }
            guard victim != .appServer else { continue }
            try #require(stage.killDaemon(), "the daemon had ended by itself")
            try place.startDaemon()
        }
        try await stage.until("all eight issues have ended", limit: .seconds(240)) {
            try await people.look()
            return try await GitHubEnding.hasEnded(place)
        }
    }

    /// Waits until so many things more have happened, or nothing more will.
    private static func wait(for count: Int, _ place: GitHubStage, _ people: EightIssues.People) async throws {
        var first: Int?
        try await place.stage.until("\(count) more events") {
            do {
                let last = try place.stage.value("SELECT max(seq) FROM event", as: Int.self) ?? 0
                if first == nil { first = last }
                try await people.look()
                if last >= (first ?? 0) + count { return true }
                return try await GitHubEnding.hasEnded(place)
            } catch let error as StoreError where error.code == .noDatabase { return false }
        }
    }
}

extension [String] {
    /// Whether each of these is among the others, as often at least.
    fileprivate func isPart(of others: [String]) -> Bool {
        var rest = others
        for one in self {
            guard let index = rest.firstIndex(of: one) else { return false }
            rest.remove(at: index)
        }
        return true
    }
}
