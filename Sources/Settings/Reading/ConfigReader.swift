import OrchCore

/// Reads typed values out of the front matter, and gathers what is wrong with them instead of stopping at the first.
struct ConfigReader {
    /// What is wrong so far.
    var problems: [SettingsProblem] = []
    /// What is not followed.
    var notes: [String] = []

    /// A map below a key; nil if it is not there.
    mutating func section(_ parent: ConfigSection, _ key: String) -> ConfigSection? {
        guard let node = parent[key] else { return nil }
        guard case .map(let members, _) = node else {
            wrong(parent, key, node, "must be a map of keys to values", code: .notAMap)
            return nil
        }
        return ConfigSection(path: parent.name(of: key), members: members)
    }

    /// Text that is not empty.
    mutating func text(_ section: ConfigSection, _ key: String, limit: Int = 1_000) -> String? {
        guard let node = section[key] else { return nil }
        guard case .scalar(let text, _, _) = node, !text.allSatisfy(\.isWhitespace), text.utf8.count <= limit else {
            wrong(section, key, node, "must be text, not empty and of at most \(limit) bytes")
            return nil
        }
        return text
    }

    /// A whole number.
    mutating func integer<T: FixedWidthInteger>(_ section: ConfigSection, _ key: String, in range: ClosedRange<T>) -> T?
    {
        guard let node = section[key] else { return nil }
        guard case .scalar(let text, _, _) = node, let value = T(text), range.contains(value) else {
            wrong(section, key, node, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return value
    }

    /// Yes or no.
    mutating func flag(_ section: ConfigSection, _ key: String) -> Bool? {
        guard let node = section[key] else { return nil }
        if case .scalar(let text, _, _) = node {
            switch text.lowercased() {
            case "true", "yes", "on": return true
            case "false", "no", "off": return false
            default: break
            }
        }
        wrong(section, key, node, "must be true or false")
        return nil
    }

    /// A duration in milliseconds, written like `90s`.
    mutating func duration(_ section: ConfigSection, _ key: String, in range: ClosedRange<Int64>) -> Int64? {
        guard let node = section[key] else { return nil }
        // What is wrong with it is said below, together with the range.
        guard case .scalar(let text, _, _) = node, let value = try? DurationText.parse(text), range.contains(value)
        else {
            let bounds = "from \(DurationText.format(range.lowerBound)) to \(DurationText.format(range.upperBound))"
            wrong(section, key, node, "must be a duration such as 90s, 10m, 2h or 1d, \(bounds)")
            return nil
        }
        return value
    }

    /// One of some words.
    mutating func choice<T: RawRepresentable<String> & CaseIterable>(_ section: ConfigSection, _ key: String) -> T? {
        guard let node = section[key] else { return nil }
        guard case .scalar(let text, _, _) = node, let value = T(rawValue: text) else {
            let words = T.allCases.map { "`\($0.rawValue)`" }
            wrong(section, key, node, "must be one of \(words.joined(separator: ", "))")
            return nil
        }
        return value
    }

    /// A list of texts.
    mutating func texts(_ section: ConfigSection, _ key: String, limit: Int = 100) -> [String]? {
        guard let node = section[key] else { return nil }
        var texts: [String] = []
        if case .list(let elements, _) = node, elements.count <= limit {
            for case .scalar(let text, _, _) in elements { texts.append(text) }
            if texts.count == elements.count { return texts }
        }
        wrong(section, key, node, "must be a list of at most \(limit) texts")
        return nil
    }

    /// Refuses keys that are not known, each with the name that may have been meant.
    mutating func refuseUnknown(_ section: ConfigSection, known: [String], what: String) {
        for member in section.members where !known.contains(member.key) {
            let hint = NearestName.of(member.key, in: known).map { "; did you mean `\(section.name(of: $0))`?" } ?? ""
            problems.append(
                SettingsProblem(
                    code: .unknownKey,
                    key: section.name(of: Self.shown(member.key)),
                    line: member.line,
                    text: "is no \(what)\(hint)"
                )
            )
        }
    }

    /// Notes keys of other programs that look like ours misspelt; others are none of our business.
    mutating func noteMisspelt(_ section: ConfigSection, known: [String]) {
        for member in section.members where !known.contains(member.key) {
            guard let hint = NearestName.of(member.key, in: known) else { continue }
            notes.append(
                "\(section.name(of: Self.shown(member.key))) (line \(member.line)) is not known; did you mean `\(section.name(of: hint))`?"
            )
        }
    }

    /// Records a value that breaks its rule.
    mutating func wrong(
        _ section: ConfigSection,
        _ key: String,
        _ node: ConfigNode,
        _ rule: String,
        code: SettingsProblem.Code = .wrongValue
    ) {
        problems.append(
            SettingsProblem(
                code: code,
                key: section.name(of: key),
                line: node.line,
                text: "\(rule), and is \(Self.described(node))"
            )
        )
    }

    private static func described(_ node: ConfigNode) -> String {
        switch node {
        case .null: "null"
        case .scalar(let text, _, _): text.isEmpty ? "empty" : "`\(shown(text))`"
        case .list: "a list"
        case .map: "a map"
        }
    }

    private static func shown(_ text: String) -> String { SafeText.line(Clip.characters(text, 60)) }
}
