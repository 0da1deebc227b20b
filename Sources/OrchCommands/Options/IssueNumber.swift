import ArgumentParser

/// The number of an issue on the command line: `12` or `#12`.
struct IssueNumber: ExpressibleByArgument, Sendable, Hashable {
    /// The number, positive.
    var value: Int

    init?(argument: String) {
        let digits = argument.hasPrefix("#") ? argument.dropFirst() : argument[...]
        guard let value = Int(digits), value > 0 else { return nil }
        self.value = value
    }
}
