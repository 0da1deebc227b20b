package import OrchCore

/// What one check says about a commit.
package struct GHCheck: Sendable, Hashable {
    /// What it comes to.
    package enum State: String, Sendable, Hashable, CaseIterable {
        case pending
        case success
        case failure
        /// Neither good nor bad: skipped, neutral, cancelled.
        case neutral
    }

    /// Its name.
    package var name: String
    /// What it comes to.
    package var state: State
    /// GitHub's own word for it: `timed_out`, `cancelled`, `in_progress`, `error`.
    package var reason: String
    /// What the check itself says, in a few words.
    package var summary: String
    /// The URL for people.
    package var url: String

    /// Reads a check run.
    ///
    /// Source: https://docs.github.com/en/rest/checks/runs
    package init(run json: JSONValue) throws(BadField) {
        let fields = try Fields(json, "check run")
        name = try fields.text("name")
        let status = fields.words("status")
        let conclusion = fields["conclusion"]?.stringValue
        reason = conclusion ?? status
        state = conclusion.map(Self.state) ?? .pending
        summary = Self.words(fields["output"]?["title"], fields["output"]?["summary"])
        url = fields["html_url"]?.stringValue ?? fields.words("details_url")
    }

    /// Reads a commit status.
    ///
    /// Source: https://docs.github.com/en/rest/commits/statuses
    package init(status json: JSONValue) throws(BadField) {
        let fields = try Fields(json, "status")
        name = try fields.text("context")
        reason = try fields.text("state")
        state =
            switch reason {
            case "success": .success
            case "failure", "error": .failure
            default: .pending
            }
        summary = Self.words(fields["description"], nil)
        url = fields.words("target_url")
    }

    /// What a conclusion comes to.
    ///
    /// A run that was cancelled gives an agent nothing to mend: most often a newer push took its place. A stale one was given up by GitHub
    /// without a result.
    private static func state(_ conclusion: String) -> State {
        switch conclusion {
        case "success": .success
        case "neutral", "skipped", "cancelled", "stale": .neutral
        default: .failure  // failure, timed_out, action_required, startup_failure, and what may come
        }
    }

    private static func words(_ title: JSONValue?, _ summary: JSONValue?) -> String {
        let texts = [title?.stringValue, summary?.stringValue].compactMap { $0 }.filter { !$0.isEmpty }
        return Clip.characters(texts.joined(separator: ": "), 1_000)
    }
}
