/// The parts of a charter, and what people call them.
package enum CharterSection: String, Sendable, Hashable, CaseIterable {
    case goal, acceptance, scope, validation

    /// Titles that begin with one of these words belong to the section.
    var titles: [String] {
        switch self {
        case .goal: ["goal", "goals", "objective", "objectives"]
        case .acceptance: ["acceptance", "checklist", "criteria", "definition of done", "done when"]
        case .scope: ["scope", "in scope", "out of scope", "notes", "non-goals"]
        case .validation: ["validation", "test plan", "tests", "test", "testing", "verification"]
        }
    }

    /// The section of a title in lower case: a prefix of whole words counts, as in `goal and background`.
    init?(title: String) {
        let bytes = Array(title.utf8)
        func matches(_ name: String) -> Bool {
            let name = Array(name.utf8)
            guard bytes.starts(with: name) else { return false }
            guard bytes.count > name.count else { return true }
            return !bytes[name.count].isLetter && !bytes[name.count].isDigit && bytes[name.count] < 0x80
        }
        guard let section = Self.allCases.first(where: { $0.titles.contains(where: matches) }) else { return nil }
        self = section
    }

    /// Whether a title is exactly one of the section names, as a bare `Goal:` must be.
    static func isName(_ title: String) -> Bool {
        allCases.contains { section in
            section.titles.contains(title)
                || ["acceptance criteria", "acceptance checklist", "scope notes"].contains(title)
        }
    }
}
