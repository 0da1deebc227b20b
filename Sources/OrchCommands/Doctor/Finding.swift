import OrchCore

/// What one check of `orch doctor` found.
struct Finding: Sendable, Hashable {
    /// How bad it is.
    enum Level: String, Sendable, Hashable, CaseIterable {
        /// As it should be.
        case ok
        /// Worth knowing.
        case info
        /// Works, and may hurt one day.
        case warning
        /// orch can't do its work like this.
        case problem
    }

    /// The check's name: stable.
    var check: String
    var level: Level
    /// What was found.
    var detail: String
    /// How to mend it; nil when there is nothing to mend.
    var mend: String?

    /// A finding.
    init(_ check: String, _ level: Level, _ detail: String, mend: String? = nil) {
        self.check = check
        self.level = level
        self.detail = detail
        self.mend = mend
    }

    /// The finding as JSON.
    var json: JSONValue {
        ["check": .string(check), "level": .string(level.rawValue), "detail": .string(detail), "mend": .text(mend)]
    }
}
