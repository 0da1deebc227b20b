/// Why a template can't be used: an author's mistake, shown with its line; nothing is started with it.
package struct TemplateError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of mistake it is.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        case syntax
        case unknownVariable = "unknown_variable"
        case unknownFilter = "unknown_filter"
        case unknownTag = "unknown_tag"
        case wrongType = "wrong_type"
        case tooLarge = "too_large"
    }

    /// The kind.
    package var code: Code
    /// What is wrong, and what would be right.
    package var message: String
    /// The line of the template, from 1.
    package var line: Int

    /// An error.
    package init(_ code: Code, _ message: String, line: Int) {
        self.code = code
        self.message = message
        self.line = line
    }

    /// The message with its line.
    package var description: String { "line \(line): \(message)" }
}
