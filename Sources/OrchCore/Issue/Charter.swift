/// What an issue asks for: goal, acceptance list, scope, validation.
package struct Charter: Sendable, Hashable {
    /// What is to be reached; without a heading for it, the text before the first heading of a charter.
    package var goal: String
    /// What must hold in the end.
    package var acceptance: [AcceptanceItem]
    /// What belongs to it and what does not.
    package var scope: String
    /// How it is shown that it holds.
    package var validation: String

    /// More items than this are not read (I7).
    package static let itemLimit = 1_000

    /// A charter.
    package init(goal: String = "", acceptance: [AcceptanceItem] = [], scope: String = "", validation: String = "") {
        self.goal = goal
        self.acceptance = acceptance
        self.scope = scope
        self.validation = validation
    }

    /// Whether all acceptance items are ticked, and there are some.
    package var isAccepted: Bool { !acceptance.isEmpty && acceptance.allSatisfy(\.isDone) }

    /// The sections that say nothing, for a hint to the writer.
    package var missing: [CharterSection] {
        CharterSection.allCases.filter { section in
            switch section {
            case .goal: goal.isEmpty
            case .acceptance: acceptance.isEmpty
            case .scope: scope.isEmpty
            case .validation: validation.isEmpty
            }
        }
    }

    /// Reads an issue's body, in one pass and without ever failing.
    ///
    /// Headings may be of any level, numbered, bold lines, underlined, or `Goal:`; a prefix counts (`Goal and background`). A section ends at
    /// the next known heading, or at an unknown one that is not below it. Headings in code fences are text; hidden comments are left out.
    ///
    /// - Parameter body: Markdown, any size.
    /// - Returns: the charter; what is not found is empty.
    package static func parse(body: String) -> Charter {
        var parser = CharterParser()
        parser.read(body)
        return parser.charter
    }
}
