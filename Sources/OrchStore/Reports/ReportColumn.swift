/// A column of a report.
package struct ReportColumn: Sendable, Hashable {
    /// What its values mean, for those who show them.
    package enum Kind: String, Sendable, Hashable {
        /// Text or a number as it stands.
        case plain
        /// A moment as ISO 8601 text in UTC.
        case time
        /// The same as integer milliseconds since 1970.
        case timestamp
        /// Integer milliseconds.
        case duration
        /// JSON, shown as JSON.
        case json
        /// Yes or no.
        case flag
        /// A SHA-256 in hexadecimal, which people may abbreviate.
        case digest
    }

    /// The name: also the key in JSON, and stable.
    package var name: String
    package var kind: Kind

    /// A column of a given kind.
    package init(_ name: String, _ kind: Kind) {
        self.name = name
        self.kind = kind
    }

    /// A column whose kind follows from its name: the convention of the `report_` views.
    package init(_ name: String) {
        self.init(name, Self.kind(of: name))
    }

    private static func kind(of name: String) -> Kind {
        switch name {
        case "labels", "blocked_by", "data", "payload": .json
        case "wrap_up", "answered": .flag
        case "at": .time
        case "at_ms": .timestamp
        default:
            if name.hasSuffix("_at") {
                .time
            } else if name.hasSuffix("_at_ms") {
                .timestamp
            } else if name.hasSuffix("_ms") {
                .duration
            } else {
                .plain
            }
        }
    }
}
